import { readPastedKey } from './pasted-key.ts';

/** What a text pasted as a gateway's key is; '' stands for none, which some gateways want. */
export type GatewaySecret = { secret: string } | { problem: 'garbled' | 'bedrock' };

/**
 * Reads a gateway's key: without white space around it, `Bearer`, the name of a variable and quotes. A key of Bedrock or
 * an access key of IAM is none: it would go to somebody who must not have it.
 */
export function readGatewaySecret(pasted: string): GatewaySecret {
	const secret = pasted
		.trim()
		.replace(/^(export\s+)?[A-Z][A-Z0-9_]*=/, '')
		.replace(/^(["'])(.*)\1$/, '$2')
		.replace(/^Bearer\s+/i, '');
	if (secret !== '' && !/^[\x21-\x7e]+$/.test(secret)) return { problem: 'garbled' };
	const { kind } = readPastedKey(secret, 0);
	const isBedrock = kind === 'short-term' || kind === 'long-term' || kind === 'access-key-id';
	return isBedrock ? { problem: 'bedrock' } : { secret };
}
