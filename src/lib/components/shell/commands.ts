import ChartScatter from 'lucide/dist/esm/icons/chart-scatter.mjs';
import CopyPlus from 'lucide/dist/esm/icons/copy-plus.mjs';
import Download from 'lucide/dist/esm/icons/download.mjs';
import Eraser from 'lucide/dist/esm/icons/eraser.mjs';
import Plug from 'lucide/dist/esm/icons/plug.mjs';
import Plus from 'lucide/dist/esm/icons/plus.mjs';
import Route from 'lucide/dist/esm/icons/route.mjs';
import Share2 from 'lucide/dist/esm/icons/share-2.mjs';
import Trash2 from 'lucide/dist/esm/icons/trash.mjs';
import Upload from 'lucide/dist/esm/icons/upload.mjs';
import { requestApis } from '../../apis/outgoing.ts';
import { text } from '../../text/index.ts';
import { focusComposer } from '../focus.ts';
import type { IconShape } from '../icon-shape.ts';
import type { MenuItem } from '../menu-item.ts';
import type { PageContext } from './shell.svelte.ts';

/** Something a person can do. */
export interface Command {
	/** Read when it is shown, because some say what they would change. */
	label?: (page: PageContext) => string;
	icon?: IconShape;
	danger?: boolean;
	/** As `Mod+Shift+O`; Mod is ⌘ on macOS and Ctrl elsewhere. */
	keys?: string;
	/** Whether it can be done now; always, where absent. */
	when?: (page: PageContext) => boolean;
	run: (page: PageContext) => void;
}

const words = text.workspace;

/** Every command by its id: menus, keys and the fixes of explanations name them. */
export const commands = {
	send: {
		keys: 'Mod+Enter',
		run: ({ playground }) => {
			void playground.tabs.current.send();
			void focusComposer();
		}
	},
	stop: {
		when: ({ playground }) => playground.tabs.current.isBusy,
		run: ({ playground }) => playground.tabs.current.stop()
	},
	continue: {
		run: ({ playground }) => void playground.tabs.current.continue(words.continueMessage)
	},
	retry: {
		keys: 'Mod+Shift+Enter',
		when: ({ playground }) => {
			const { live, tree } = playground.tabs.current;
			return live === undefined && tree.path.length > 0;
		},
		run: ({ playground }) => void playground.tabs.current.retry()
	},
	add: {
		label: () => words.addMessage,
		icon: Plus,
		when: ({ playground }) => !playground.tabs.current.editor.isEmpty,
		run: ({ playground }) => playground.tabs.current.add()
	},
	share: {
		label: () => words.shareRequest,
		icon: Share2,
		run: ({ shell }) => shell.open('share')
	},
	export: {
		label: () => words.exportConversation,
		icon: Download,
		when: ({ playground }) => playground.tabs.current.tree.turns.size > 0,
		run: ({ shell }) => shell.open('export-conversation')
	},
	import: {
		label: () => words.importConversations,
		icon: Upload,
		run: ({ shell }) => shell.open('import-conversations')
	},
	'other-prefix': {
		label: (page) => words.usePrefix(otherPrefix(page)),
		icon: Route,
		when: ({ playground }) => playground.tabs.current.target.endpoint === 'mantle',
		run: (page) => page.playground.tabs.current.editor.change({ prefix: otherPrefix(page) })
	},
	clear: {
		label: () => words.clearDraft,
		icon: Eraser,
		danger: true,
		run: ({ playground }) => playground.tabs.clear()
	},
	network: {
		label: () => words.hostsContacted,
		icon: Route,
		run: ({ shell }) => shell.open('network')
	},
	'forget-everything': {
		label: () => words.forgetEverything,
		icon: Trash2,
		danger: true,
		when: ({ playground }) => playground.ready && !playground.isFramed,
		run: ({ shell }) => shell.open('forget')
	},
	'start-anew': {
		keys: 'Mod+Shift+O',
		run: ({ playground, shell }) => {
			playground.tabs.startAnew();
			shell.panel = 'chat';
			shell.isHistoryDrawn = false;
			void focusComposer();
		}
	},
	history: {
		keys: 'Mod+B',
		run: ({ playground, shell }) => {
			const hasColumn = matchMedia('(width >= 1280px)').matches;
			const { historyOpen } = playground.settings;
			if (hasColumn) playground.change({ historyOpen: !historyOpen });
			else shell.isHistoryDrawn = !shell.isHistoryDrawn;
		}
	},
	inspector: {
		keys: 'Mod+J',
		run: ({ playground, shell }) => {
			const hasColumn = matchMedia('(width >= 1024px)').matches;
			const { inspectorOpen } = playground.settings;
			if (hasColumn) playground.change({ inspectorOpen: !inspectorOpen });
			else shell.isInspectorDrawn = !shell.isInspectorDrawn;
		}
	},
	'replace-key': {
		when: ({ playground }) => !playground.isFramed,
		run: ({ shell }) => shell.open('key')
	},
	embeddings: {
		label: () => words.embeddings,
		icon: ChartScatter,
		when: ({ playground }) => playground.ready && !playground.isFramed,
		run: ({ shell }) => shell.open('embeddings')
	},
	gateway: {
		label: () => words.gateway,
		icon: Plug,
		when: ({ playground }) => playground.ready && !playground.isFramed,
		run: ({ shell }) => shell.open('gateway')
	},
	// The Region that is chosen there opens the key dialog with it: a key works only in its own.
	'change-region': { run: () => openChoice(words.region) },
	'choose-model': { run: () => openChoice(words.model) },
	'resend-history': {
		run: ({ playground }) => {
			const { current } = playground.tabs;
			void import('../../state/materialise.ts').then((chain) => chain.materialise(current));
		}
	}
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof commands;

/** The commands of a menu that can be done now. */
export function menuOf(page: PageContext, ids: readonly CommandId[]): MenuItem[] {
	return ids.flatMap((id) => {
		const command: Command = commands[id];
		if (command.when?.(page) === false || command.icon === undefined) return [];
		const { icon, danger } = command;
		const label = command.label?.(page) ?? id;
		const onselect = () => command.run(page);
		return [{ label, icon, ...(danger !== undefined && { danger }), onselect }];
	});
}

/** Puts the focus into a field of the request row, and opens its list where it has one. */
function openChoice(label: string): void {
	const field = document.querySelector<HTMLInputElement | HTMLSelectElement>(
		`:is(input, select)[aria-label="${label}"]`
	);
	field?.focus();
	// The model field opens its list by a click.
	if (field instanceof HTMLInputElement) field.click();
	try {
		if (field instanceof HTMLSelectElement) field.showPicker();
	} catch {
		// Some browsers have no such thing, or not without a click: the focus is there all the same.
	}
}

/** Copies what is being written to the tab of each other API; none while nothing is written. */
export function copyPromptMenu({ playground }: PageContext): MenuItem[] {
	const { api: from, editor } = playground.tabs.current;
	if (editor.isEmpty) return [];
	return Object.values(requestApis)
		.filter(({ id }) => id !== from.id)
		.map(({ id, label }) => ({
			label: words.copyPrompt(label),
			icon: CopyPlus,
			onselect: () => {
				playground.tabs.copyPrompt(id);
				void focusComposer();
			}
		}));
}

function otherPrefix({ playground }: PageContext): '/v1' | '/openai/v1' {
	return playground.tabs.current.target.base.endsWith('/openai/v1') ? '/v1' : '/openai/v1';
}
