import type { Check, Checked, Warning } from './check.ts';
import { conflicts } from './conflicts.ts';

/** Every rule, in the order in which their warnings are shown. One more is a file here, a line, and its words in `text`. */
export const checks: readonly Check[] = [conflicts];

/** What is known to go wrong with a request before it is sent. */
export function warningsOf(checked: Checked): Warning[] {
	return checks.flatMap((check) => check(checked));
}
