import { getOwn } from '../model/json.ts';
import { bareModelId } from '../model/model-id.ts';

/**
 * What a model does with an answer that ends the messages: it goes on after its last word, or the request is refused.
 * Undefined where nobody has seen it; many models take it for an answer of before and begin another.
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/prefill-claudes-response
 */
export function prefillOf(model: string): 'continued' | 'refused' | undefined {
	const bare = bareModelId(model);
	if (!bare.startsWith('anthropic.claude-')) return undefined;
	// Newer families, which have no version of this form in their names, refuse it too.
	const version = /-(\d)(?:-(\d{1,2})(?!\d))?/.exec(bare);
	if (version === null) return /-(v2|instant)/.test(bare) ? 'continued' : 'refused';
	const [, major = '', minor = '0'] = version;
	return Number(major) * 100 + Number(minor) <= 405 ? 'continued' : 'refused';
}

/** Whether Claude's thinking is on in the fields of a request that only its model knows: then it continues no answer. */
export function isThinkingOn(modelFields: unknown): boolean {
	const type = getOwn(getOwn(modelFields, 'thinking'), 'type');
	return type !== undefined && type !== 'disabled';
}
