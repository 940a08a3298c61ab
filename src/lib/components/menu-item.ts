import type { IconShape } from './icon-shape.ts';

/** One command of a menu. */
export interface MenuItem {
	label: string;
	icon: IconShape;
	danger?: boolean;
	/** Given for a choice that is on or off. */
	checked?: boolean;
	onselect: () => void;
}
