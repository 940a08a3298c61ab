import type { AddressProblem } from '../../model/gateway-address.ts';
import { section } from '../section.ts';

/** Words of the dialog in which a gateway is connected. */
export const gateway = section('gateway', {
	title: 'Connect a gateway',
	why: 'An OpenAI-compatible gateway, such as bedrock-access-gateway, answers Chat Completions and embeddings with a key of its own.',
	address: 'Base address',
	addressPlaceholder: 'https://gateway.example.com/api/v1',
	addressHint:
		'What `/chat/completions` is appended to. bedrock-access-gateway is at `/api/v1`, most others are at `/v1`.',
	addressProblems: {
		empty: undefined,
		'not-an-address': 'This is not a web address.',
		'not-secure':
			'Only `https` keeps the key from whoever is in between. `http` is for this computer itself: `localhost` or `127.0.0.1`.',
		'too-much':
			'A user name, a query or a `#` does not belong here. The key has a field of its own.',
		bedrock:
			'This is one of Bedrock’s own hosts. They need no gateway: paste a Bedrock key instead.'
	} satisfies Record<AddressProblem, string | undefined> as Record<
		AddressProblem,
		string | undefined
	>,
	key: 'Gateway key',
	keyPlaceholder: 'Empty where the gateway wants none',
	keyProblems: {
		garbled: 'This holds something that no key holds. Copy it again where it was made.',
		bedrock:
			'This is a key of Amazon itself, and whoever runs the gateway could spend with it. A gateway has a key of its own.'
	},
	untilForgotten: 'Until I forget it',
	untilForgottenHow: 'In this browser. It does not expire by itself',
	protects:
		'The key goes to this address and nowhere else, and is never put into links, exports or code. An extension that runs on this page could read it.',
	save: 'Save',
	saveAndReload: 'Save and reload',
	saveAddressAndReload: 'Save the address and reload',
	afterReload:
		'While no gateway is there, the page closes itself to this computer. It has to be opened anew to reach this one; what you have written stays.',
	afterReloadHeld:
		'While no gateway is there, the page closes itself to this computer. It has to be opened anew to reach this one, and that empties its memory: only the address is stored, and you paste the key then.',
	never: (origin: string) =>
		`The policy of this page does not let it reach \`${origin}\`. Whoever builds the page can allow it, by the build variable below. \`localhost\` and \`127.0.0.1\` always work.`,
	build: (origin: string) => `CONNECT_SRC="${origin}" npm run build`,
	copyBuild: 'Copy the command',
	mixed:
		'This page is served by `https` and the gateway by `http`: Safari does not let the one reach the other, other browsers do.',
	use: 'In Chat Completions, choose the endpoint `gateway`. Embeddings are in the request menu.',

	inUse: 'Gateway in use',
	host: 'Address',
	since: 'Connected',
	keyKept: 'Key',
	none: 'none',
	kept: { stored: 'stored until you forget it', tab: 'in this tab only' },
	rejected: (at: string) => `The gateway refused its key ${at}`,
	replaces: 'Saving another one replaces it.',
	forget: 'Forget gateway',
	bedrockInstead: 'Bedrock key…'
});
