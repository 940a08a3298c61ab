import { abilities } from '../model/ability.ts';
import type { Ability, Conflict } from '../model/ability.ts';
import { isFilePart } from '../model/draft.ts';
import type { Draft, FileType, Part } from '../model/draft.ts';
import { findModel } from './models.ts';
import type { Model } from './models.ts';

/** Whether a model has an ability; undefined where no page says it. */
export function hasAbility(model: Model, ability: Ability): boolean | undefined {
	if (ability === 'tools' || ability === 'reasoning') return model[ability];
	if (model.input.includes(ability)) return true;
	// A document can also be read as text by the service, so that it is not listed says nothing.
	return ability === 'document' ? undefined : false;
}

/** What of a draft a model is known not to take; none for a model that the catalogue does not know. */
export function conflictsOf(
	draft: Pick<Draft, 'messages' | 'params' | 'tools'>,
	model: string
): Conflict[] {
	const known = findModel(model);
	if (known === undefined) return [];
	return abilities
		.filter((ability) => hasAbility(known, ability) === false)
		.map((ability) => ({ ability, count: countOf(draft, ability) }))
		.filter(({ count }) => count > 0);
}

function countOf(draft: Parameters<typeof conflictsOf>[0], ability: Ability): number {
	const { messages, tools = [], params } = draft;
	if (ability === 'tools') return tools.filter(({ off }) => off !== true).length;
	if (ability === 'reasoning') return asksToThink(params.reasoningEffort) ? 1 : 0;
	const parts = messages.flatMap((message) => message.parts);
	return parts.reduce((sum, part) => sum + countFiles(part, ability), 0);
}

function countFiles(part: Part, type: FileType): number {
	if (part.type !== 'tool-result') return isFilePart(part) && part.type === type ? 1 : 0;
	return part.parts.reduce((sum, inner) => sum + countFiles(inner, type), 0);
}

function asksToThink(effort: unknown): boolean {
	return effort !== undefined && effort !== 'none';
}

/** A draft's messages without attachments of some types; a message that nothing is left of goes too. */
export function withoutFiles(
	messages: Draft['messages'],
	types: readonly FileType[]
): Draft['messages'] {
	const isKept = (part: Part): boolean => !isFilePart(part) || !types.includes(part.type);
	return messages.flatMap((message) => {
		if (message.parts.every((part) => isKept(part) && part.type !== 'tool-result'))
			return [message];
		const parts = message.parts.flatMap((part): Part[] => {
			if (part.type !== 'tool-result') return isKept(part) ? [part] : [];
			return [{ ...part, parts: part.parts.filter(isKept) }];
		});
		return parts.length === 0 ? [] : [{ ...message, parts }];
	});
}
