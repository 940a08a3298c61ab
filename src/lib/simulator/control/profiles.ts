/** An application inference profile. */
export interface Profile {
	arn: string;
	id: string;
	name: string;
	description?: string;
	models: readonly string[];
	tags: Map<string, string>;
	/** Epoch ms. */
	createdAt: number;
}

/** The application profiles of a simulator; it forgets them with itself. */
export interface Profiles {
	add(profile: Profile): void;
	/** Those of a Region. */
	list(region: string): Profile[];
	/** By id or ARN. */
	find(id: string, region: string): Profile | undefined;
	remove(profile: Profile): void;
	/** Whether an ARN was that of a profile which is deleted. */
	wasRemoved(arn: string): boolean;
}

/** The account of everyone. */
export const ACCOUNT = '123456789012';

/** The ARN of an application profile. */
export function profileArn(id: string, region: string): string {
	return `arn:aws:bedrock:${region}:${ACCOUNT}:application-inference-profile/${id}`;
}

/** Starts with one profile in each Region, `abc123`. */
export function newProfiles(): Profiles {
	const kept = new Map<string, Profile>();
	const removed = new Set<string>();
	const seed = (region: string): void => {
		const arn = profileArn('abc123', region);
		if (kept.has(arn) || removed.has(arn)) return;
		const models = [`arn:aws:bedrock:${region}::foundation-model/amazon.nova-pro-v1:0`];
		kept.set(arn, { arn, id: 'abc123', name: 'example', models, tags: new Map(), createdAt: 0 });
	};
	const list = (region: string): Profile[] => {
		seed(region);
		return [...kept.values()].filter(({ arn }) => arn.split(':')[3] === region);
	};
	return {
		add: (profile) => void kept.set(profile.arn, profile),
		list,
		find: (id, region) => list(region).find((one) => one.arn === id || one.id === id),
		remove: ({ arn }) => {
			kept.delete(arn);
			removed.add(arn);
		},
		wasRemoved: (arn) => removed.has(arn)
	};
}
