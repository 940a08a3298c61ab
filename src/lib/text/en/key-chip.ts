import { section } from '../section.ts';

/** The key in the app bar, which is there before all else that is said of keys. */
export const keyChip = section('keyChip', {
	none: 'No API key',
	said: 'API key:',
	left: 'left',
	inTab: 'in this tab only',
	rejected: 'Rejected',
	expired: 'Expired',
	tab: 'This tab',
	menu: 'API key',
	gatewayOnly: 'Gateway only',
	gateway: 'Gateway…',
	replace: 'Replace key…',
	forget: 'Forget key'
});
