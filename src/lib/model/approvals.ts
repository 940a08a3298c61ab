import type { Part } from './draft.ts';
import { getOwn, isJsonObject } from './json.ts';

/** What a model asks before a server's tool runs (Responses `mcp_approval_request`). */
export interface ApprovalRequest {
	id: string;
	/** Name of the tool. */
	name: string;
	/** Label of the server that has it. */
	server: string;
	/** JSON text of the arguments, as it came. */
	input: string;
}

/** What a person answered (Responses `mcp_approval_response`). */
export interface Approval {
	/** Id of what was asked. */
	request: string;
	approve: boolean;
	/** Why; '' where nobody said it. */
	reason: string;
}

/** Reads what is asked; undefined where a part asks for no approval. */
export function readApprovalRequest(part: Part): ApprovalRequest | undefined {
	const item = itemOf(part, 'mcp_approval_request');
	const id = getOwn(item, 'id');
	if (typeof id !== 'string') return undefined;
	const textAt = (key: string): string => {
		const found = getOwn(item, key);
		return typeof found === 'string' ? found : '';
	};
	return { id, name: textAt('name'), server: textAt('server_label'), input: textAt('arguments') };
}

/** Reads an answer; undefined where a part is none. */
export function readApproval(part: Part): Approval | undefined {
	const item = itemOf(part, 'mcp_approval_response');
	const request = getOwn(item, 'approval_request_id');
	if (typeof request !== 'string') return undefined;
	const reason = getOwn(item, 'reason');
	return {
		request,
		approve: getOwn(item, 'approve') === true,
		reason: typeof reason === 'string' ? reason : ''
	};
}

/** The item that answers what was asked. */
export function newApproval({ request, approve, reason }: Approval): Part {
	return {
		type: 'opaque',
		api: 'responses',
		value: {
			type: 'mcp_approval_response',
			approval_request_id: request,
			approve,
			...(reason !== '' && { reason })
		}
	};
}

function itemOf(part: Part, type: string): unknown {
	const isItem = part.type === 'opaque' && part.api === 'responses' && isJsonObject(part.value);
	return isItem && getOwn(part.value, 'type') === type ? part.value : undefined;
}
