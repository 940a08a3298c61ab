import { alone } from './alone.ts';
import type { Check, Checked, FoundWarning, Warning } from './check.ts';
import { conflicts } from './conflicts.ts';
import { continued } from './continued.ts';
import { documentAlone, documentNames } from './documents.ts';
import { effort } from './effort.ts';
import { extraConflict } from './extra-conflict.ts';
import { instructions } from './instructions.ts';
import { largeFiles } from './large-files.ts';
import { mixedHistory } from './mixed-history.ts';
import { modelLacks } from './model-lacks.ts';
import { modelPlace } from './model-place.ts';
import { notStored } from './not-stored.ts';
import { openCalls } from './open-calls.ts';
import { outputSchema } from './output-schema.ts';
import { prefill } from './prefill.ts';
import { range } from './range.ts';
import { refused } from './refused.ts';
import { stopSequences } from './stop-sequences.ts';
import { thinking } from './thinking.ts';
import { tools } from './tools.ts';
import { tooManyFiles } from './too-many-files.ts';
import { unsendableFiles } from './unsendable-files.ts';

/** Every rule, in the order in which their warnings are shown. One more is a file here, a line, and its words in `text`. */
export const checks: readonly Check[] = [
	modelPlace,
	modelLacks,
	refused,
	conflicts,
	range,
	stopSequences,
	effort,
	thinking,
	alone,
	prefill,
	outputSchema,
	extraConflict,
	tools,
	unsendableFiles,
	tooManyFiles,
	largeFiles,
	documentNames,
	documentAlone,
	openCalls,
	mixedHistory,
	continued,
	instructions,
	notStored
];

/** What is known to go wrong with a request before it is sent. */
export function warningsOf(checked: Checked): FoundWarning[] {
	return identify(
		checks.flatMap((check) => check(checked)),
		checked
	);
}

/** A message is named by its place: one of a typed body becomes a turn, with an id of its own, only when it is sent. */
export function identify(
	found: readonly Warning[],
	{ draft: { messages } }: Checked
): FoundWarning[] {
	const counts = new Map<string, number>();
	return found.map((warning) => {
		const { code, at = {} } = warning;
		const message = 'message' in at && messages.findIndex(({ id }) => id === at.message);
		const place = message === false ? Object.values(at).flat().join('.') : `message ${message}`;
		const name = `${code} at ${place}`;
		const count = (counts.get(name) ?? 0) + 1;
		counts.set(name, count);
		return { ...warning, id: count === 1 ? name : `${name} ${count}` };
	});
}
