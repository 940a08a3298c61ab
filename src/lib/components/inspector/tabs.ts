import type { Component } from 'svelte';
import type { RequestApi } from '../../apis/api.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';

/** A tab of the inspector. */
export interface InspectorTab {
	id: string;
	/** Read when it is shown: the language may have changed. */
	label: () => string;
	/** The panel of a phone that it belongs to. */
	panel: 'settings' | 'code' | 'chain';
	/** The APIs that have it; all of them, where absent. */
	isFor?: (api: RequestApi) => boolean;
	/** Whether it shows code, which wants more width. */
	isWide: boolean;
	/** Loads what it shows, when the tab is first opened. */
	load: () => Promise<TabComponent>;
}

type TabComponent = Component<{ conversation: Conversation }>;

const words = text.inspectorFrame.tabs;

/** The tabs of the inspector, in their order. Adding one is a line here and a file. */
export const inspectorTabs: readonly [InspectorTab, ...InspectorTab[]] = [
	{
		...{ id: 'settings', label: () => words.settings, panel: 'settings', isWide: false },
		load: () => import('./SettingsTab.svelte').then((part) => part.default)
	},
	{
		...{ id: 'body', label: () => words.body, panel: 'code', isWide: false },
		load: () => import('./BodyTab.svelte').then((part) => part.default)
	},
	{
		...{ id: 'code', label: () => words.code, panel: 'code', isWide: true },
		load: () => import('./CodeTab.svelte').then((part) => part.default)
	},
	{
		...{ id: 'chain', label: () => words.chain, panel: 'chain', isWide: false },
		isFor: ({ chains }) => chains,
		load: () => import('../chain/ChainTab.svelte').then((part) => part.default)
	}
];

/** The tabs that an API has. */
export function tabsFor(api: RequestApi): readonly InspectorTab[] {
	return inspectorTabs.filter(({ isFor }) => isFor?.(api) ?? true);
}

/** The tab of an API with an id; the first where it has none, as after a version that had others. */
export function tabOf(id: string, api: RequestApi): InspectorTab {
	return tabsFor(api).find((one) => one.id === id) ?? inspectorTabs[0];
}
