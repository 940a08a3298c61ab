import type { Ability, Conflict } from '../../model/ability.ts';
import { formatClock, formatDay } from '../format.ts';
import { section } from '../section.ts';

const things: Readonly<Record<Ability, readonly [one: string, many: string]>> = {
	image: ['image', 'images'],
	document: ['document', 'documents'],
	audio: ['sound', 'sounds'],
	video: ['video', 'videos'],
	tools: ['tool', 'tools'],
	reasoning: ['reasoning effort', 'reasoning effort']
};

const counted = (ability: Ability, count: number): string =>
	ability === 'reasoning'
		? things.reasoning[0]
		: `${count} ${things[ability][count === 1 ? 0 : 1]}`;

const listed = (conflicts: readonly Conflict[]): string =>
	joined(conflicts.map(({ ability, count }) => counted(ability, count)));

const joined = (parts: readonly string[]): string =>
	parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** Words of the model picker and of the dialog for inference profiles. */
export const models = section('models', {
	list: 'Models',
	choose: 'Choose a model',
	hint: 'Type to filter names and ids',
	groups: {
		recent: 'Recent',
		suggested: 'Suggested',
		all: 'All',
		service: 'From the service',
		elsewhere: 'On another tab'
	},
	asOf: (date: string) => `as of ${formatDay(date)}`,
	only: (api: string) => `Only models for ${api}`,
	anyAbility: 'Any ability',
	ability: 'Ability',
	abilities: {
		image: 'image',
		document: 'doc',
		audio: 'audio',
		video: 'video',
		tools: 'tools',
		reasoning: 'reasoning'
	} satisfies Record<Ability, string>,
	notes: {
		'any-region': 'any Region',
		legacy: 'legacy',
		gated: 'gated',
		unavailable: 'not available',
		profile: 'profile',
		unlisted: 'not listed here'
	},
	/** Why a model can be called by no API of the page. */
	blocked: {
		'no-text': 'It makes no text: the three APIs do not have it.',
		'messages-only': 'mantle has it only for the Messages API, which this page does not speak.',
		'profile-only': 'It is called only through an inference profile.',
		unavailable: 'The service says that it is not available to this account.'
	},
	useTyped: (id: string) => `Use \`${id}\` as typed`,
	readLists: (region: string) => `Read the lists of ${region}`,
	readGateway: 'Read the gateway’s list',
	readAgain: 'Read the lists again',
	notRead: 'not read yet',
	reading: 'reading…',
	readAt: (at: number, count: number) => `${count} listed, read ${formatClock(at)}`,
	instead: 'The catalogue stands in for what could not be read:',
	move: 'move',
	pick: 'choose',
	found: (count: number, all: number) => `${count} of ${all} models`,
	none: 'No model fits',
	profiles: 'Inference profiles…',

	lists: {
		mantle: 'mantle’s models',
		gateway: 'the gateway’s models',
		'foundation-models': 'foundation models',
		'system-profiles': 'system profiles',
		'application-profiles': 'application profiles'
	},
	/** Why a list could not be read, after its name. */
	reasons: {
		action: (action: string) => `the key may not do \`${action}\``,
		refused: (status: number, words: string) => `refused with ${status}: ${words}`,
		offline: 'the browser is offline',
		withheld: (host: string) => `\`${host}\` lets no web page read its answer (CORS)`,
		policy: (host: string) => `the page’s policy does not list \`${host}\``,
		redirect: (host: string) => `\`${host}\` redirects, which is not followed`,
		closed: (host: string) => `\`${host}\` closed the connection`,
		relay: (host: string) => `the page’s relay passed nothing on to \`${host}\``,
		'no-answer': (host: string) => `\`${host}\` could not be reached`,
		stopped: 'it was stopped',
		'broken-off': 'the connection broke off',
		'not-json': 'the answer is no list',
		'too-large': 'the answer is larger than a list can be',
		'key-in-answer': 'the answer repeats the key, so nothing of it is kept',
		unsent: 'the request could not be written',
		'no-key': 'no key may be sent there now',
		'not-loaded': 'a part of the page could not be loaded'
	},

	/** A model that the tab does not have. */
	serving: {
		'other-api': (model: string, api: string, others: readonly string[]) =>
			`${api} does not have \`${model}\`. ${joined(others)} ${others.length === 1 ? 'does' : 'do'}.`,
		'no-api': (model: string) => `None of the three APIs has \`${model}\`.`,
		region: (model: string, region: string) =>
			`\`${model}\` is on mantle alone, which \`${region}\` does not have.`,
		geography: (model: string, region: string) =>
			`\`${model}\` is a profile of another part of the world: it can’t be called from \`${region}\`.`,
		'application-profile': (api: string) =>
			`${api} refuses application inference profiles. Converse takes them.`
	},
	source: (date: string) => `As the catalogue of ${formatDay(date)} has it.`,
	openIn: (api: string) => `Open in ${api}`,
	opensWith: 'The prompt and the settings that translate go along; nothing is sent.',
	useId: (id: string) => `Use ${id}`,
	keepAnyway: 'Keep anyway',
	useAnyway: 'Use it here anyway',

	/** A model that can't take what is there. */
	cannotTake: (model: string, conflicts: readonly Conflict[]) =>
		`\`${model}\` does not take what is in this conversation: ${listed(conflicts)}.`,
	remove: (conflicts: readonly Conflict[]) => `Remove ${listed(conflicts)}`
});
