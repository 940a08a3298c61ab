import Ban from 'lucide/dist/esm/icons/ban.mjs';
import CircleAlert from 'lucide/dist/esm/icons/circle-alert.mjs';
import CircleDashed from 'lucide/dist/esm/icons/circle-dashed.mjs';
import Clock from 'lucide/dist/esm/icons/clock.mjs';
import Hourglass from 'lucide/dist/esm/icons/hourglass.mjs';
import Trash from 'lucide/dist/esm/icons/trash.mjs';
import Unlink from 'lucide/dist/esm/icons/unlink.mjs';
import Unplug from 'lucide/dist/esm/icons/unplug.mjs';
import type { ResponseState } from '../../model/response-state.ts';
import type { IconShape } from '../icon-shape.ts';

/** How a state is drawn: the node in its lane, and the icon of its badge. */
export interface Mark {
	node: 'stored' | 'running' | 'unstored' | 'bad' | 'gone';
	/** Absent where there is nothing to say: it is kept, as is usual. */
	icon?: IconShape;
}

/** How each state is drawn. */
export const marks: Readonly<Record<ResponseState, Mark>> = {
	completed: { node: 'stored' },
	incomplete: { node: 'bad', icon: CircleAlert },
	failed: { node: 'bad', icon: CircleAlert },
	cancelled: { node: 'bad', icon: Ban },
	queued: { node: 'running', icon: Hourglass },
	'in-progress': { node: 'running', icon: Hourglass },
	unseen: { node: 'bad', icon: Unplug },
	'not-stored': { node: 'unstored', icon: CircleDashed },
	deleted: { node: 'gone', icon: Trash },
	expired: { node: 'gone', icon: Clock },
	unknown: { node: 'gone', icon: Unlink }
};
