import { fileTypes } from './draft.ts';

/** What a person looks for in a model: kinds of attachments that it takes, tools, and that it reasons. */
export const abilities = [...fileTypes, 'tools', 'reasoning'] as const;

export type Ability = (typeof abilities)[number];

/** Something of a request that a model is known not to take, and how often it is there. */
export interface Conflict {
	ability: Ability;
	count: number;
}
