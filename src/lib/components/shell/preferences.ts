import AlignLeft from '@lucide/svelte/icons/align-left';
import Monitor from '@lucide/svelte/icons/monitor';
import Moon from '@lucide/svelte/icons/moon';
import Sun from '@lucide/svelte/icons/sun';
import type { Playground } from '../../state/playground.svelte.ts';
import { text } from '../../text/index.ts';
import type { MenuItem } from '../menu-item.ts';

const themes = [
	{ theme: 'system', icon: Monitor },
	{ theme: 'light', icon: Sun },
	{ theme: 'dark', icon: Moon }
] as const;

/** The page's own settings as a menu: the theme, and answers as plain text. */
export function preferenceItems(playground: Playground): MenuItem[] {
	const { settings } = playground;
	return [
		...themes.map(({ theme, icon }) => ({
			label: text.workspace.themes[theme],
			icon,
			checked: settings.theme === theme,
			onselect: () => playground.change({ theme })
		})),
		{
			label: text.workspace.plainAnswers,
			icon: AlignLeft,
			checked: settings.plain,
			onselect: () => playground.change({ plain: !settings.plain })
		}
	];
}
