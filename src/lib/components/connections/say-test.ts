import type { ConnectionTest } from '../../state/connection-test.ts';
import { formatDuration } from '../../text/format.ts';
import { text } from '../../text/index.ts';

/** What a test of the connection to `host` has found, in words. */
export function sayTest(test: ConnectionTest | 'running', host: string): string {
	const words = text.connections.tests;
	if (test === 'running') return text.connections.testing;
	if (test === 'late') return words.late;
	if (test === 'other-region') return words.otherRegion;
	if ('unreachable' in test) return text.errors.say(text.errors.causes[test.unreachable]) ?? '';
	const { status, ms, verdict } = test;
	return `${words.answered(host, status, formatDuration(ms))}. ${words[verdict]}`;
}
