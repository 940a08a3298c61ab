import { alone } from './alone.ts';
import type { Check, Checked, Warning } from './check.ts';
import { conflicts } from './conflicts.ts';
import { effort } from './effort.ts';
import { extraConflict } from './extra-conflict.ts';
import { outputSchema } from './output-schema.ts';
import { range } from './range.ts';
import { refused } from './refused.ts';
import { stopSequences } from './stop-sequences.ts';
import { thinking } from './thinking.ts';

/** Every rule, in the order in which their warnings are shown. One more is a file here, a line, and its words in `text`. */
export const checks: readonly Check[] = [
	refused,
	conflicts,
	range,
	stopSequences,
	effort,
	thinking,
	alone,
	outputSchema,
	extraConflict
];

/** What is known to go wrong with a request before it is sent. */
export function warningsOf(checked: Checked): Warning[] {
	return checks.flatMap((check) => check(checked));
}
