import { getToken } from '@aws/bedrock-token-generator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readPastedKey } from './pasted-key.ts';

const issuedAt = Date.UTC(2026, 10, 21, 14, 3, 7);
const hour = 3_600_000;
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const longTerm = `ABSK${btoa(`BedrockAPIKey-abcd-at-123456789012:${'s3cret/+'.repeat(6)}`)}`;

/** A key as AWS's own generator makes it. */
function makeKey(
	region = 'us-west-2',
	expiresInSeconds = 43_200,
	sessionToken?: string
): Promise<string> {
	const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
	return getToken({ credentials, region, expiresInSeconds });
}

/** A key that says what `change` makes of the true text. */
async function forgeKey(change: (signed: string) => string): Promise<string> {
	const signed = atob((await makeKey()).slice('bedrock-api-key-'.length));
	return `bedrock-api-key-${btoa(change(signed))}`;
}

const insertEvery = (text: string, length: number, between: string): string =>
	text.replace(new RegExp(`.{${length}}(?=.)`, 'g'), `$&${between}`);

const wrappings: Record<string, (key: string) => string> = {
	'nothing at all': (key) => key,
	'white space': (key) => `\n\t ${key} \r\n`,
	export: (key) => `export AWS_BEARER_TOKEN_BEDROCK=${key}`,
	'a quoted export': (key) => `$ export AWS_BEARER_TOKEN_BEDROCK="${key}";`,
	'an export among others': (key) =>
		`export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nexport AWS_BEARER_TOKEN_BEDROCK=${key}\nexport AWS_REGION=us-west-2\n`,
	'cmd set': (key) => `set AWS_BEARER_TOKEN_BEDROCK=${key}`,
	'cmd set with quotes': (key) => `set "AWS_BEARER_TOKEN_BEDROCK=${key}"`,
	setx: (key) => `setx AWS_BEARER_TOKEN_BEDROCK "${key}" /M`,
	'setx without quotes': (key) => `setx AWS_BEARER_TOKEN_BEDROCK ${key} /M`,
	'cmd set and a command': (key) => `set AWS_BEARER_TOKEN_BEDROCK=${key}&& python app.py`,
	'cmd set, a space and a command': (key) => `set AWS_BEARER_TOKEN_BEDROCK=${key} && python app.py`,
	fish: (key) => `set -gx AWS_BEARER_TOKEN_BEDROCK ${key}`,
	'fish with quotes and a command': (key) =>
		`set -gx AWS_BEARER_TOKEN_BEDROCK '${key}'; and python app.py`,
	'a command with its variable': (key) =>
		`AWS_BEARER_TOKEN_BEDROCK=${key} python app.py --region us`,
	'a pipe': (key) => `echo ${key} | pbcopy`,
	'a file': (key) => `echo ${key} > key.txt`,
	'PowerShell for the user': (key) =>
		`[Environment]::SetEnvironmentVariable('AWS_BEARER_TOKEN_BEDROCK', '${key}', 'User')`,
	'PowerShell and a command': (key) => `$env:AWS_BEARER_TOKEN_BEDROCK="${key}"; python app.py`,
	PowerShell: (key) => `$env:AWS_BEARER_TOKEN_BEDROCK = "${key}"`,
	'PowerShell in lower case': (key) => `$env:aws_bearer_token_bedrock='${key}'`,
	'double quotes': (key) => `"${key}"`,
	'single quotes': (key) => `'${key}'`,
	backticks: (key) => `\`${key}\``,
	'typographic quotes': (key) => `\u201c${key}\u201d`,
	'low quotes': (key) => `\u201e${key}\u201c`,
	guillemets: (key) => `\u00ab\u00a0${key}\u00a0\u00bb`,
	Bearer: (key) => `Bearer ${key}`,
	'Bearer in lower case': (key) => `bearer ${key}`,
	'a header': (key) => `Authorization: Bearer ${key}`,
	'a cURL command': (key) =>
		`curl https://x.test -H 'authorization: Bearer ${key}' -H 'Content-Type: application/json'`,
	'a cURL command of several lines': (key) =>
		`curl -X POST "https://bedrock-runtime.us-west-2.amazonaws.com/model/a.b-v1%3A0/converse" \\\n  -H "Authorization: Bearer ${key}" \\\n  -d '{"messages":[{"role":"user","content":[{"text":"ABSK? = 1"}]}]}'\n`,
	'cURL with the key alone': (key) => `curl --oauth2-bearer ${key} https://x.test/v1/models -v`,
	'a header of another name': (key) => `curl -H "x-api-key: ${key}" https://x.test`,
	'.env of several lines': (key) =>
		`# Bedrock\nAWS_REGION=us-west-2\nAWS_BEARER_TOKEN_BEDROCK=${key}\n# the model\nMODEL=a.b-v1:0\n`,
	'.env with a comment': (key) => `AWS_BEARER_TOKEN_BEDROCK=${key} # until tonight`,
	'.env with the key twice': (key) => `# ${key}\nAWS_BEARER_TOKEN_BEDROCK="${key}"\n`,
	'a JSON object': (key) => `{"AWS_BEARER_TOKEN_BEDROCK":"${key}"}`,
	'a JSON line': (key) => `  "AWS_BEARER_TOKEN_BEDROCK": "${key}",`,
	'JSON with another field': (key) =>
		`{\n"AWS_BEARER_TOKEN_BEDROCK": "${key}",\n"AWS_REGION": "us-west-2"\n}`,
	'JSON with escapes': (key) => `{\\"AWS_BEARER_TOKEN_BEDROCK\\": \\"${key}\\n\\"}`,
	YAML: (key) => `AWS_BEARER_TOKEN_BEDROCK: ${key}`,
	'YAML with a comment': (key) => `  AWS_BEARER_TOKEN_BEDROCK: ${key} # until tonight\n`,
	'YAML of several lines': (key) =>
		`env:\n  AWS_BEARER_TOKEN_BEDROCK: ${key}\n  AWS_REGION: us-west-2\n`,
	'a sentence': (key) => `Your key is ${key} and works until tonight`,
	'line breaks': (key) => insertEvery(key, 76, '\r\n'),
	'line breaks and indentation': (key) =>
		`export AWS_BEARER_TOKEN_BEDROCK=${insertEvery(key, 64, '\n  ')}\n`,
	'continued lines': (key) => insertEvery(key, 60, '\\\n'),
	'zero-width spaces': (key) => `\u200b${insertEvery(key, 40, '\u200b')}\u2060`,
	'a byte order mark': (key) => `\ufeff${key}`,
	'no-break spaces': (key) => `\u00a0${insertEvery(key, 50, '\u00a0')}\u202f`,
	'soft hyphens': (key) => insertEvery(key, 30, '\u00ad'),
	'marks of direction': (key) => `\u202a${key}\u202c`,
	'a semicolon': (key) => `${key};`,
	'a comma': (key) => `${key} ,`
};

beforeAll(() => void vi.useFakeTimers({ now: issuedAt, toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

describe('a short-term key of the AWS generator', () => {
	const rows = [
		{ region: 'us-west-2', life: 43_200, session: undefined },
		{ region: 'eu-central-1', life: 1, session: undefined },
		{ region: 'ap-southeast-7', life: 900, session: 'FwoGZXIvYXdzE/+=&?%20 a'.repeat(9) },
		{ region: 'us-gov-east-1', life: 3_600, session: 'IQoJb3JpZ2luX2VjE'.repeat(70) },
		{ region: 'mx-central-1', life: 43_199, session: 'x' }
	];
	for (const { region, life, session } of rows) {
		it(`of ${region} for ${life} s is read in every wrapping`, async () => {
			const secret = await makeKey(region, life, session);
			const expected = {
				...{ kind: 'short-term', secret, region, issuedAt },
				...{ expiresAt: issuedAt + life * 1000, lastFour: 'MPLE' }
			};
			for (const [name, wrap] of Object.entries(wrappings)) {
				expect(readPastedKey(wrap(secret), issuedAt), name).toEqual(expected);
			}
		});
	}

	it('gets its padding and the standard alphabet back', async () => {
		for (const session of ['', 'x', 'xy', 'xyz']) {
			const secret = await makeKey('us-east-1', 600, session);
			const bare = secret.replace(/=+$/, '');
			const urlSafe = bare.replaceAll('+', '-').replaceAll('/', '_');
			expect(readPastedKey(bare, issuedAt)).toMatchObject({ kind: 'short-term', secret });
			expect(readPastedKey(urlSafe, issuedAt)).toMatchObject({ kind: 'short-term', secret });
		}
	});

	it('is expired from its last second on, and then without its secret', async () => {
		const secret = await makeKey('us-east-1', 3600);
		const expiresAt = issuedAt + hour;
		expect(readPastedKey(secret, expiresAt - 1).kind).toBe('short-term');
		const expired = { kind: 'expired', region: 'us-east-1', issuedAt, expiresAt, lastFour: 'MPLE' };
		expect(readPastedKey(secret, expiresAt)).toEqual(expired);
	});

	it('may come from the future of a slow clock', async () => {
		expect(readPastedKey(await makeKey(), issuedAt - 3 * hour).kind).toBe('short-term');
	});

	it('never lives longer than 12 hours', async () => {
		const key = await forgeKey((signed) => signed.replace('=43200', '=999999'));
		expect(readPastedKey(key, issuedAt)).toMatchObject({ expiresAt: issuedAt + 12 * hour });
	});
});

describe('a key with something wrong', () => {
	const forgeries: Record<string, (signed: string) => string> = {
		'another action': (s) => s.replace('CallWithBearerToken', 'GetCallerIdentity'),
		'no expiry': (s) => s.replace(/&X-Amz-Expires=\d+/, ''),
		'an expiry of 0': (s) => s.replace('=43200', '=0'),
		'a negative expiry': (s) => s.replace('=43200', '=-5'),
		'an expiry in words': (s) => s.replace('=43200', '=1e3'),
		'no date': (s) => s.replace(/&X-Amz-Date=\w+/, ''),
		'an impossible date': (s) => s.replace('X-Amz-Date=20261121', 'X-Amz-Date=20261321'),
		'no credential': (s) => s.replace(/&X-Amz-Credential=[^&]+/, ''),
		'no Region': (s) => s.replace('%2Fus-west-2%2F', '%2F%2F'),
		'a host for a Region': (s) => s.replace('us-west-2', 'evil.example%23'),
		'no signature': (s) => s.replace(/&X-Amz-Signature=\w+/, ''),
		'bytes glued to its end': (s) => `${s}\u00e9\u0000`
	};
	for (const [name, forge] of Object.entries(forgeries)) {
		it(`is garbled with ${name}`, async () => {
			const { kind } = readPastedKey(await forgeKey(forge), issuedAt);
			expect(kind).toBe('garbled');
		});
	}

	it('is malformed when it was cut anywhere but right before its version', async () => {
		const key = await makeKey();
		const kept: string[] = [];
		for (let length = 1; length < key.length; length++) {
			const { kind } = readPastedKey(key.slice(0, length), issuedAt);
			if (kind !== 'malformed' && !/^=/.test(key.slice(length))) kept.push(key.slice(length));
		}
		expect(kept.length).toBeLessThanOrEqual(1);
	});

	it('is malformed when its beginning is missing', async () => {
		expect(readPastedKey((await makeKey()).slice(9), issuedAt).kind).toBe('malformed');
		expect(readPastedKey(longTerm.slice(4), issuedAt).kind).toBe('malformed');
	});

	it('is malformed when a long-term one was cut', () => {
		for (const length of [1, 4, 20, 35]) {
			expect(readPastedKey(longTerm.slice(0, length), issuedAt).kind).toBe('malformed');
		}
	});

	it('is garbled with a letter that no header can carry', async () => {
		expect(readPastedKey(`${await makeKey()}\u00e9`, issuedAt).kind).toBe('garbled');
		expect(readPastedKey(`ABSK\u0444${longTerm.slice(5)}`, issuedAt).kind).toBe('garbled');
	});
});

describe('what is no short-term key', () => {
	const rows: [kind: string, pasted: string][] = [
		['empty', ''],
		['empty', ' \n\u200b\u00a0'],
		['empty', '""'],
		['empty', 'Bearer '],
		['empty', 'export AWS_BEARER_TOKEN_BEDROCK='],
		['access-key-id', accessKeyId],
		['access-key-id', 'ASIAIOSFODNN7EXAMPLE'],
		['access-key-id', `export AWS_ACCESS_KEY_ID=${accessKeyId}`],
		[
			'access-key-id',
			`[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`
		],
		['access-key-id', `${accessKeyId}\t${secretAccessKey}`],
		['secret-access-key', secretAccessKey],
		['secret-access-key', `"${secretAccessKey}"`],
		['secret-access-key', `AWS_SECRET_ACCESS_KEY=${secretAccessKey}`],
		['other-vendor', 'sk-proj-abcdefghijklmnop'],
		['other-vendor', 'Bearer sk-ant-api03-abcdefgh'],
		['other-vendor', 'gsk_abcdefgh'],
		['not-a-key', 'hello'],
		['not-a-key', 'set AWS_BEARER_TOKEN_BEDROCK=hello && cmd'],
		['not-a-key', 'the key was not copied, see https://x.test/a?b=c'],
		['malformed', 'bedrock-api-key-'],
		['malformed', 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t'],
		['malformed', 'bedrock-api-key-a'],
		['garbled', 'bedrock-api-key-!\u00e9!!'],
		['malformed', 'ABSK'],
		['not-a-key', 'x'.repeat(100_000)]
	];
	it.each(rows)('is %s: %.60s', (kind, pasted) => {
		expect(readPastedKey(pasted, issuedAt)).toEqual({ kind });
	});

	it('is a long-term key in every wrapping', () => {
		for (const [name, wrap] of Object.entries(wrappings)) {
			const found = readPastedKey(wrap(longTerm), issuedAt);
			expect(found, name).toEqual({ kind: 'long-term', secret: longTerm });
		}
	});
});

describe('several keys in one paste', () => {
	it('are named when they differ', async () => {
		const [one, other] = [await makeKey(), await makeKey('eu-west-1')];
		const otherLongTerm = `ABSK${btoa(`BedrockAPIKey-efgh-at-123456789012:${'s3cret/+'.repeat(6)}`)}`;
		const expired = await makeKey('us-east-1', 1);
		const pastes = [
			`${one}\n${other}`,
			`${one} ${longTerm}`,
			`OLD=${expired}\nNEW=${one}`,
			`{"a":"${longTerm}","b":"${otherLongTerm}"}`,
			`A='${insertEvery(one, 76, '\n')}'\nB='${insertEvery(other, 76, '\n')}'`
		];
		for (const paste of pastes) {
			expect(readPastedKey(paste, issuedAt + 2000), paste.slice(0, 40)).toEqual({
				kind: 'two-keys'
			});
		}
	});

	it('are one when they are the same, or only one is whole', async () => {
		const key = await makeKey();
		for (const paste of [`${key}\n${key}`, `${key.slice(0, 90)}…\n${key}`, `${key}\nABSK…`]) {
			expect(readPastedKey(paste, issuedAt)).toMatchObject({ kind: 'short-term', secret: key });
		}
	});
});

it('answers anything, soon, and with nothing of what it decoded', async () => {
	const pieces = [
		...[await makeKey(), longTerm, accessKeyId, secretAccessKey, 'bedrock-api-key-', 'ABSK'],
		...['Bearer ', 'export ', 'AWS_BEARER_TOKEN_BEDROCK', '=', '====', '"', '\u201c', '\\', '{'],
		...['\n', '\r\n', ' ', '\u200b', '\ud83d', '\ude00', '\u0000', '%', ';', '\n=\n', '$env:']
	];
	let seed = 1;
	const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
	for (let round = 0; round < 20_000; round++) {
		let text = '';
		for (let count = next(9); count > 0; count--) {
			const piece = pieces[next(pieces.length)] ?? '';
			text += next(4) === 0 ? piece.slice(next(piece.length)) : piece;
		}
		const facts = { ...readPastedKey(text, issuedAt), secret: '' };
		expect(JSON.stringify(facts)).not.toMatch(/X-Amz|AKIAIOSF/);
	}
	for (const piece of pieces) {
		const long = `\n${piece.repeat(Math.ceil(60_000 / piece.length))}`.slice(0, 60_000);
		// The shortest of several: what a busy machine takes away is not the reader's.
		const times = Array.from({ length: 5 }, () => {
			const start = performance.now();
			readPastedKey(long, issuedAt);
			return performance.now() - start;
		});
		expect(Math.min(...times), piece).toBeLessThan(250);
	}
});
