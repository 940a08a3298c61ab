import type { Unreachable } from '../../model/exchange.ts';
import { text } from '../../text/index.ts';

/** One thing that was looked at to tell why a host was not reached: in order, at fault, or not come to. */
export interface Step {
	state: 'ok' | 'bad' | 'off';
	label: string;
}

/** The way to the cause of a failure, one step after the other; the bad one is the cause. */
export function stepsTo(
	cause: Unreachable,
	{ region, isInRegion }: { region: string | undefined; isInRegion: boolean }
): Step[] {
	const words = text.connections.steps;
	const ok = (label: string): Step => ({ state: 'ok', label });
	const bad = (label: string): Step => ({ state: 'bad', label });
	const endpoint = region === undefined ? [] : [inRegion(region, isInRegion)];
	const corsNotReached: Step = { state: 'off', label: words.corsNotReached };
	switch (cause) {
		case 'offline':
			return [bad(words.offline), corsNotReached];
		case 'policy':
			return [ok(words.online), ...endpoint, bad(words.notAllowed), corsNotReached];
		case 'relay':
			return [ok(words.online), ...endpoint, bad(words.relay), corsNotReached];
		case 'no-answer':
			return [ok(words.online), ...endpoint, bad(words.down), corsNotReached];
		case 'redirect':
			return [ok(words.online), ...endpoint, ok(words.up), bad(words.redirect)];
		case 'closed':
			return [ok(words.online), ...endpoint, ok(words.up), bad(words.closed)];
		case 'withheld':
			return [ok(words.online), ...endpoint, ok(words.up), bad(words.withheld)];
	}
}

function inRegion(region: string, isIn: boolean): Step {
	const words = text.connections.steps;
	return isIn
		? { state: 'ok', label: words.inRegion(region) }
		: { state: 'bad', label: words.notInRegion(region) };
}
