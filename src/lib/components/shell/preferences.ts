import AlignLeft from 'lucide/dist/esm/icons/text-align-start.mjs';
import Monitor from 'lucide/dist/esm/icons/monitor.mjs';
import Moon from 'lucide/dist/esm/icons/moon.mjs';
import Sun from 'lucide/dist/esm/icons/sun.mjs';
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
