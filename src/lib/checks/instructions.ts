import { textOf } from '../model/draft.ts';
import type { Check } from './check.ts';

/** The answer that is continued was given instructions that the next one is not: the service does not carry them over. */
export const instructions: Check = ({ draft, history }) => {
	if (draft.chain === undefined || history === undefined) return [];
	const parent = [...history.runs.values()].find(
		({ responseId }) => responseId === draft.chain?.responseId
	);
	const given = parent && history.settingsOf(parent.sent)?.system;
	const isGiven = given !== undefined && textOf(given.parts).trim() !== '';
	const isSent = textOf(draft.system?.parts ?? []).trim() !== '';
	if (!isGiven || isSent) return [];
	return [{ code: 'instructions-dropped', fix: { label: 'instruct', change: { system: given } } }];
};
