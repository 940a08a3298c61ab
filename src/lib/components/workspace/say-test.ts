import type { ConnectionTest } from '../../state/connection-test.ts';
import { formatDuration } from '../../text/format.ts';
import { text } from '../../text/index.ts';

/** What a test of the connection to `host` has found, in words. */
export function sayTest(test: ConnectionTest | 'running', host: string): string {
	const words = text.errors.test;
	if (test === 'running') return words.running;
	if (test === 'late') return words.late;
	if (test === 'other-region') return words.otherRegion;
	if ('unreachable' in test) return text.errors.say(text.errors.causes[test.unreachable]) ?? '';
	const { status, ms, withKey } = test;
	const answered = words.answered(host, status, formatDuration(ms));
	return `${answered}. ${judge(status, withKey)}`;
}

function judge(status: number, withKey: boolean): string {
	const words = text.errors.test;
	if (!withKey) return words.reached;
	if (status === 401 || status === 403) return words.keyRefused;
	return status >= 200 && status <= 299 ? words.works : words.trouble;
}
