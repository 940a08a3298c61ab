import ArrowDown from 'lucide/dist/esm/icons/arrow-down.mjs';
import ArrowUp from 'lucide/dist/esm/icons/arrow-up.mjs';
import Braces from 'lucide/dist/esm/icons/braces.mjs';
import Copy from 'lucide/dist/esm/icons/copy.mjs';
import GitBranch from 'lucide/dist/esm/icons/git-branch.mjs';
import Plus from 'lucide/dist/esm/icons/plus.mjs';
import UserRound from 'lucide/dist/esm/icons/user-round.mjs';
import type { Message } from '../../model/draft.ts';
import { stringifyJson } from '../../model/json-text.ts';
import { markdownOf } from '../../model/markdown.ts';
import { answeredBy, callOf } from '../../model/tool-calls.ts';
import type { Turn } from '../../model/turn.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { wireOf } from '../../state/wire.ts';
import { text } from '../../text/index.ts';
import type { MessageAction } from './message-action.ts';

const words = text.message;

/** What the list of turns does for an action. */
export interface Handlers {
	/** Opens a field for a message before this one. */
	oninsert: () => void;
	/** Called when the branch ends with this message. */
	onfork: () => void;
	/** Called with the id that the message has after a change. */
	onfollow: (id: string | undefined) => void;
}

/** What one can do with any message of a branch: to copy it always, to change the branch while no run goes on. */
export function messageActions(
	turn: Turn,
	conversation: Conversation,
	handlers: Handlers
): MessageAction[] {
	const { message } = turn;
	const { api, editor, target } = conversation;
	const sayJson = () => stringifyJson(wireOf(message, api, editor.settings.model, target), 2);
	return [
		{ label: words.copyMarkdown, icon: Copy, copies: () => markdownOf(message.parts) },
		{ label: words.copyJson, icon: Braces, copies: sayJson },
		...(conversation.live === undefined ? changesOf(turn, conversation, handlers) : [])
	];
}

function changesOf(
	{ id, message }: Turn,
	conversation: Conversation,
	{ oninsert, onfork, onfollow }: Handlers
): MessageAction[] {
	const { path } = conversation.tree;
	const at = path.findIndex((turn) => turn.id === id);
	const move = (by: number) => () => onfollow(conversation.branch.move(id, by));
	const fork = () => {
		conversation.branch.fork(id);
		onfork();
	};
	const up = { label: words.moveUp, icon: ArrowUp, keys: words.moveUpKeys, onselect: move(-1) };
	const down = { label: words.moveDown, icon: ArrowDown, keys: words.moveDownKeys };
	return [
		{ label: words.fork, icon: GitBranch, inBar: true, onselect: fork },
		{ label: words.insertBefore, icon: Plus, onselect: oninsert },
		...(at > 0 ? [up] : []),
		...(at < path.length - 1 ? [{ ...down, onselect: move(1) }] : []),
		...rolesFor(message, conversation).map((role) => ({
			...{ label: words.asRole(text.workspace.roles[role]), icon: UserRound },
			checked: role === message.role,
			onselect: () => onfollow(conversation.branch.setRole(id, role))
		}))
	];
}

/** The roles that a message can have: calls and results of tools, and what is kept whole, stay with theirs. */
function rolesFor({ role, parts }: Message, { api }: Conversation): readonly Message['role'][] {
	const isBound = parts.some((part) => (callOf(part)?.id ?? answeredBy(part)) !== undefined);
	return isBound || role === 'tool' || role === 'opaque' ? [] : api.roles;
}
