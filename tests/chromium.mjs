import { existsSync } from 'node:fs';

/** What Chromium needs on a machine without a display, a sandbox or a way out. */
export const chromiumArgs = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

// The headless shell is the same engine without a window to draw, and a quarter faster.
const candidates = [
	'/usr/bin/chromium-headless-shell',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome'
];

/** Path of the machine's own Chromium; undefined lets Playwright use the one it has installed. */
export function chromiumPath() {
	return process.env.CHROMIUM_PATH ?? candidates.find((path) => existsSync(path));
}
