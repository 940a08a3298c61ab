import { whatParts } from '../../model/chain.ts';
import { textOf } from '../../model/draft.ts';
import type { Part } from '../../model/draft.ts';
import { placeOf } from '../../model/response-node.ts';
import type { ResponseNode } from '../../model/response-node.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';
import { showInvisible } from '../../text/visible.ts';

const words = text.chain;
/** Characters that a row has room for, and more. */
const longest = 160;

/** The first words of an answer or a question in one line, without marks of Markdown. */
export function firstWords(parts: readonly Part[]): string {
	const said = textOf(parts).trim();
	const line = said
		.slice(0, 4 * longest)
		.replace(/^[#>*\s-]+/, '')
		.replace(/[*`]/g, '')
		.replace(/\s+/g, ' ')
		.slice(0, longest);
	if (line !== '') return showInvisible(line);
	const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part.name] : []));
	if (calls.length > 0) return words.calls(showInvisible(calls.join(', ')));
	const results = parts.filter(({ type }) => type === 'tool-result').length;
	return results > 0 ? words.results(results) : words.noText;
}

/** Why the next request cannot reach a response although the service may have it; undefined where it can. */
export function elsewhereOf({ run }: ResponseNode, conversation: Conversation): string | undefined {
	const { circumstances } = conversation;
	const parts = whatParts(run, circumstances);
	if (parts === undefined) return undefined;
	const { elsewhere } = words;
	if (parts === 'demo') return run.simulated ? elsewhere.demo : elsewhere['no-demo'];
	const now = placeOf({ request: { ...run.request, url: `${circumstances.base}/responses` } });
	if (placeOf(run).region !== now.region) return elsewhere.region;
	if (parts === 'address') return elsewhere.address;
	return run.identity?.account === undefined ? elsewhere.key : elsewhere.account;
}
