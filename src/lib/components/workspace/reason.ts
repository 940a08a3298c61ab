import { standsInPath } from '../../model/model-id.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { text } from '../../text/index.ts';

/** Why Send can't be pressed now; undefined where it can. */
export function reasonNotToSend(
	{ isFramed, keyRing }: Pick<Playground, 'isFramed' | 'keyRing'>,
	{ editor, next }: Pick<Conversation, 'editor' | 'next'>
): string | undefined {
	const words = text.workspace;
	const { model } = editor.settings;
	if (isFramed) return words.notHere;
	if (keyRing.expiredAt !== undefined && keyRing.record === undefined) return words.keyExpired;
	const problem = editor.typed?.problem;
	if (problem !== undefined) return words.bodyProblem(problem);
	if (model === '') return words.noModel;
	if (!standsInPath(model)) return words.notAModel(model);
	return next.isEmpty ? words.nothingToSend : undefined;
}
