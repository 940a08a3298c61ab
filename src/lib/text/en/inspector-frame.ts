import { section } from '../section.ts';

/** The inspector around its tabs, which are loaded when they are shown. */
export const inspectorFrame = section('inspectorFrame', {
	name: 'Inspector',
	tabs: { settings: 'Settings', body: 'Body', code: 'Code', chain: 'Chain' },
	resize: 'Width of the inspector',
	resizeHint: 'Drag, or use the arrow keys. Double-click for the width it began with.',
	view: 'Body or code'
});
