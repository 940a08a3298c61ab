import { standsInPath } from '../../model/model-id.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import { text } from '../../text/index.ts';

type Opened = Pick<Playground, 'ready' | 'isFramed' | 'parts' | 'keyRing'>;

/** Why Send can't be pressed now; undefined where it can. */
export function reasonNotToSend(
	playground: Opened,
	conversation: Pick<
		Conversation,
		'editor' | 'next' | 'tray' | 'files' | 'isSimulated' | 'lacksGateway'
	>
): string | undefined {
	const words = text.workspace;
	const { next, tray } = conversation;
	const reason = reasonNotToRun(playground, conversation);
	if (reason === undefined && next.isRefused) return words.resultsFirst;
	if (reason !== undefined || !next.isEmpty) return reason;
	return tray.calls.length > 0 ? words.resultsFirst : words.nothingToSend;
}

/** Why nothing at all can be sent now; undefined where something can. */
export function reasonNotToRun(
	{ ready, isFramed, parts, keyRing }: Opened,
	conversation: Pick<Conversation, 'editor' | 'files' | 'isSimulated' | 'lacksGateway'>
): string | undefined {
	const words = text.workspace;
	const { editor, files } = conversation;
	const { model } = editor.settings;
	if (isFramed) return words.notHere;
	if (parts.isOutOfReach) return text.common.notLoaded;
	if (!ready) return words.opening;
	if (conversation.lacksGateway) return words.noGateway;
	if (keyRing.expiredAt !== undefined && conversation.isSimulated) return words.keyExpired;
	const problem = editor.typed?.problem;
	if (problem !== undefined) return words.bodyProblem(problem);
	if (model === '') return words.noModel;
	if (!standsInPath(model)) return words.notAModel(model);
	return files.isLoading ? words.loadingFiles : undefined;
}
