import type { ApiId } from './draft.ts';

/** How the page is set up; none of it is about a request. */
export interface Settings {
	theme: 'system' | 'light' | 'dark';
	/** Answers as they came, not rendered as Markdown. */
	plain: boolean;
	/** Id of the inspector's tab. */
	inspector: string;
	inspectorOpen: boolean;
	/** CSS pixels; absent where the tab's own width is right. */
	inspectorWidth?: number | undefined;
	historyOpen: boolean;
	/** The tab that is open. */
	api: ApiId;
	/** Id of the conversation that each tab shows. */
	open: Partial<Record<ApiId, string>>;
	/** Id of the language that the page speaks. */
	language: string;
	/** Id of the client that code is shown for. */
	client: string;
	/** Whether long lines of code and bodies wrap. */
	wrap: boolean;
}

/** What a first visit finds. */
export const defaultSettings: Readonly<Settings> = {
	theme: 'system',
	plain: false,
	inspector: 'settings',
	inspectorOpen: true,
	historyOpen: true,
	api: 'converse',
	open: {},
	language: 'en',
	client: 'curl',
	wrap: false
};
