import type { Component } from 'svelte';
import type { ParamRow } from '../../model/params.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';
import GuardrailRow from './GuardrailRow.svelte';
import ParamRows from './ParamRows.svelte';

/** A group of settings of the next request. */
export interface SettingsGroup {
	id: string;
	label: (conversation: Conversation) => string;
	/**
	 * Whether each of its settings is sent. A group of none is not shown: the API or the endpoint at hand takes nothing
	 * of it.
	 */
	sent: (conversation: Conversation) => readonly boolean[];
	/** Sends nothing of it any more. */
	turnOff: (conversation: Conversation) => void;
	/** Its rows; they are made anew when all is turned off, without what was half typed. */
	rows: Component<{ conversation: Conversation; group: string }>;
}

const { groups } = text.inspector;

/** A group of the parameters that the table of parameters puts into it. */
function paramGroup(id: ParamRow['group']): SettingsGroup {
	return {
		id,
		label: () => groups[id],
		sent: ({ api, editor }) =>
			api.params
				.filter(({ group }) => group === id)
				.map(({ name }) => editor.settings.params[name] !== undefined),
		turnOff: ({ api, editor }) => {
			for (const { group, name } of api.params) {
				if (group === id) editor.setParam(name, undefined);
			}
		},
		rows: ParamRows
	};
}

const guardrail: SettingsGroup = {
	id: 'guardrail',
	label: ({ api }) => api.label,
	sent: ({ api, editor, target }) =>
		api.guardrail?.endpoints.includes(target.endpoint)
			? [editor.settings.guardrail !== undefined]
			: [],
	turnOff: ({ editor }) => editor.change({ guardrail: undefined }),
	rows: GuardrailRow
};

/** Every group of the Settings tab, in their order. One more is a line here and a file with its rows. */
export const settingsGroups: readonly SettingsGroup[] = [
	paramGroup('sampling'),
	paramGroup('length'),
	paramGroup('reasoning'),
	paramGroup('storage'),
	guardrail
];
