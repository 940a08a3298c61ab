const geographies = /^(us-gov|us|eu|apac|jp|au|in|global)\./;

/** A model id without the geography that a cross-Region profile puts before it: `us.anthropic.x` → `anthropic.x`. */
export function bareModelId(model: string): string {
	return model.replace(geographies, '');
}

/** Whether `model` names a cross-Region profile. */
export function isProfileId(model: string): boolean {
	return geographies.test(model);
}

/** Whose model it is: `us.anthropic.claude-…` → `anthropic`. What says nothing of its maker, as an ARN, is its own family. */
export function familyOf(model: string): string {
	const bare = bareModelId(model);
	return /^[a-z0-9]+(?=\.)/.exec(bare)?.[0] ?? model;
}

/**
 * Whether a model id keeps its place as a segment of an address. Browsers take `.` and `..` for steps between folders,
 * however they are encoded, so a request would go to another path.
 */
export function standsInPath(model: string): boolean {
	return !/^(\.|%2e){1,2}$/i.test(model.trim());
}
