import type { MenuItem } from '../menu-item.ts';

/** Something one can do with a message. */
export type MessageAction = Omit<MenuItem, 'onselect'> & {
	/** Whether it has a button of its own where there is room; on or off where `checked` is given. */
	inBar?: true;
} & ({ onselect: () => void } | { copies: () => string });
