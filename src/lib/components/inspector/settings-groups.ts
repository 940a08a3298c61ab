import type { Component } from 'svelte';
import { paramsOf } from '../../apis/forms.ts';
import type { FamilyField } from '../../catalog/families.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';
import ApiRows from './ApiRows.svelte';
import ExtraRows from './ExtraRows.svelte';
import { extraOf, fieldsOf, fieldValue, setExtra, setField } from './model-fields.ts';
import ModelRows from './ModelRows.svelte';
import OutputRows from './OutputRows.svelte';
import ParamRows from './ParamRows.svelte';
import ReasoningRows from './ReasoningRows.svelte';
import ToolRows from './tools/ToolRows.svelte';

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

/** A group of the parameters that the table of parameters puts into it. */
function paramGroup(id: 'sampling' | 'length'): SettingsGroup {
	return {
		id,
		label: () => text.inspector.groups[id],
		sent: (conversation) => sentParams(conversation, id),
		turnOff: (conversation) => turnOffParams(conversation, id),
		rows: ParamRows
	};
}

const reasoning: SettingsGroup = {
	id: 'reasoning',
	label: () => text.inspector.groups.reasoning,
	sent: (conversation) => [
		...sentParams(conversation, 'reasoning'),
		...sentFields(conversation, 'reasoning')
	],
	turnOff: (conversation) => {
		turnOffParams(conversation, 'reasoning');
		for (const field of fieldsOf(conversation, 'reasoning'))
			setField(conversation, field, undefined);
	},
	rows: ReasoningRows
};

const output: SettingsGroup = {
	id: 'output',
	label: () => text.inspector.groups.output,
	sent: ({ editor }) => [editor.settings.output !== undefined],
	turnOff: ({ editor }) => editor.change({ output: undefined }),
	rows: OutputRows
};

const model: SettingsGroup = {
	id: 'model',
	label: () => text.inspector.groups.model,
	sent: (conversation) => {
		const { modelFields } = conversation.api;
		if (modelFields === undefined) return [];
		return [...sentFields(conversation, 'model'), extraOf(conversation)[modelFields] !== undefined];
	},
	turnOff: (conversation) => {
		const { [conversation.api.modelFields ?? '']: _, ...others } = extraOf(conversation);
		setExtra(conversation, others);
	},
	rows: ModelRows
};

const extra: SettingsGroup = {
	id: 'extra',
	label: () => text.inspector.groups.extra,
	sent: (conversation) => {
		const { modelFields } = conversation.api;
		return [Object.keys(extraOf(conversation)).some((key) => key !== modelFields)];
	},
	turnOff: (conversation) => setExtra(conversation, {}),
	rows: ExtraRows
};

/** What only this API has: its own parameters, and a guardrail where it takes one. */
const ofApi: SettingsGroup = {
	id: 'api',
	label: ({ api }) => api.label,
	sent: (conversation) => {
		const { api, editor, target } = conversation;
		const takesGuardrail = api.guardrail?.endpoints.includes(target.endpoint) ?? false;
		const guardrail = takesGuardrail ? [editor.settings.guardrail !== undefined] : [];
		return [...sentParams(conversation, 'api'), ...guardrail];
	},
	turnOff: (conversation) => {
		turnOffParams(conversation, 'api');
		conversation.editor.change({ guardrail: undefined });
	},
	rows: ApiRows
};

function sentParams({ api, editor }: Conversation, id: string): boolean[] {
	return paramsOf(api)
		.filter(({ group }) => group === id)
		.map(({ name }) => editor.settings.params[name] !== undefined);
}

function sentFields(conversation: Conversation, group: FamilyField['group']): boolean[] {
	return fieldsOf(conversation, group).map(
		(field) => fieldValue(conversation, field) !== undefined
	);
}

function turnOffParams({ api, editor }: Conversation, id: string): void {
	for (const { group, name } of paramsOf(api)) if (group === id) editor.setParam(name, undefined);
}

const tools: SettingsGroup = {
	id: 'tools',
	label: () => text.toolForms.group,
	sent: ({ editor: { settings } }) => [
		settings.toolChoice !== undefined,
		...(settings.tools ?? []).map(({ off }) => off !== true)
	],
	turnOff: ({ editor }) => {
		const tools = editor.settings.tools?.map((tool) => ({ ...tool, off: true as const }));
		editor.change({ toolChoice: undefined, tools });
	},
	rows: ToolRows
};

/** Every group of the Settings tab, in their order. One more is a line here and a file with its rows. */
export const settingsGroups: readonly SettingsGroup[] = [
	paramGroup('sampling'),
	paramGroup('length'),
	reasoning,
	tools,
	output,
	ofApi,
	model,
	extra
];
