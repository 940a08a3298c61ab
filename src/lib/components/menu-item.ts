import type { IconShape } from './icon-shape.ts';

/** One command of a menu. */
export interface MenuItem {
	label: string;
	icon: IconShape;
	danger?: boolean;
	/** What it does, for who rests on it. */
	title?: string;
	/** The keys that do the same. */
	keys?: string;
	/** Given for a choice that is on or off. */
	checked?: boolean;
	onselect: () => void;
}
