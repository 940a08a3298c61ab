import type { Handle } from '@sveltejs/kit';
import { laterStyles } from './chunks.ts';

const link = new RegExp(`\\s*<link [^>]*/${laterStyles}\\.[^>]*>`, 'g');

/**
 * SvelteKit links the styles of parts that are loaded later too, and the browser would show nothing before it has them
 * all. A part loads them itself before it is drawn.
 */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, { transformPageChunk: ({ html }) => html.replace(link, '') });
