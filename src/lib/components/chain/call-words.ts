import type { CallFailure } from '../../state/service-calls.ts';
import { text } from '../../text/index.ts';
import { showInvisible } from '../../text/visible.ts';

/** Why a call on a stored response brought nothing: a sentence of ours, and the service's own words where it said some. */
export function sayFailure(failure: CallFailure): { sentence: string; quote?: string } {
	const words = text.service;
	switch (failure.reason) {
		case 'refused': {
			const { status, message, raw } = failure.error;
			const quote = showInvisible(message || raw || words.nothingSaid);
			return { sentence: words.refused(status), quote };
		}
		case 'unreachable':
			return { sentence: words.unreachable(showInvisible(failure.host)) };
		case 'unreadable':
			return { sentence: words.unreadable(failure.status) };
		case 'stopped':
			return { sentence: words.stopped };
		case 'no-way':
			return { sentence: words.noWay[failure.why] };
	}
}
