import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import { generate } from 'selfsigned';
import { newTlsServer, closerOf, handle } from '../../src/lib/simulator/server.ts';
import { newRelay } from '../../src/relay.ts';
import { serveBuild } from './servers.ts';
import { chooseApi, expect, newKey, open, pasteKey, send, storedKey, test } from './test.ts';

const runtime = 'bedrock-runtime.us-west-2.amazonaws.com';

/** The built page on a server of its own that has a relay, which reaches a simulator that is trusted as runtime's host. */
async function serveWithRelay() {
	const { private: key, cert } = await generate([{ name: 'commonName', value: runtime }], {
		keySize: 2048,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: runtime }] }
		]
	});
	const received: { url: string; headers: Record<string, string> }[] = [];
	const bedrock = newTlsServer(
		{ key, cert },
		handle({ speed: 20, onrequest: (one) => received.push(one) })
	);
	const closeBedrock = closerOf(bedrock);
	await new Promise<void>((resolve) => bedrock.listen(0, '127.0.0.1', resolve));
	const relay = newRelay({
		port: (bedrock.address() as AddressInfo).port,
		ca: cert,
		lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }])
	});
	const site = await serveBuild();
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		relay(request, response, () => {
			void fetch(new URL(request.url ?? '/', site.url)).then(async (file) => {
				response.writeHead(file.status, { 'content-type': file.headers.get('content-type') ?? '' });
				response.end(Buffer.from(await file.arrayBuffer()));
			});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const close = async () => {
		server.close();
		server.closeAllConnections();
		site.close();
		await closeBedrock();
	};
	return { url, received, asked, close };
}

test('a host that the browser cannot reach is reached through the relay, once that is chosen', async ({
	page,
	context
}) => {
	const site = await serveWithRelay();
	await context.route(`https://${runtime}/**`, (route) => route.abort());
	const key = await storedKey(page, site.url);
	await open(page, site.url);
	await send(page, 'Through the relay');
	const card = page.getByTestId('error-card');
	await expect(card).toContainText(`could not reach ${runtime}`);
	const use = card.getByRole('button', { name: 'Use the relay and try again' });
	await expect(use).toBeVisible();
	// It was looked for once, and nothing has gone through it yet.
	const relayed = () => site.asked.filter((path) => path.startsWith('/relay/'));
	expect(relayed()).toEqual(['/relay/health']);
	await use.click();
	await expect(page.getByTestId('metrics').last()).toContainText('end_turn');
	await expect(page.getByTestId('relay-chip')).toContainText('via relay');
	expect(relayed().slice(1)).toEqual([
		expect.stringMatching(`^/relay/${runtime}/model/.+/converse`)
	]);
	expect(site.received.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${key}`]);
	// What is shown is the true address.
	await expect(page.getByRole('textbox', { name: 'Request URL' })).toContainText(runtime);
	const dots = page.getByTestId('connections');
	await expect(dots).toHaveText(/runtime\s*(rt)?\s*works/);
	await dots.click();
	const row = page.getByTestId('connection-runtime');
	await expect(row).toContainText('via relay');
	await page.getByRole('switch', { name: 'Use the relay' }).click();
	await expect(page.getByTestId('relay-chip')).toHaveCount(0);
	await row.getByRole('button', { name: 'Test runtime', exact: true }).click();
	await expect(dots).toHaveText(/runtime\s*(rt)?\s*blocked/);
	await expect(row).toContainText('No answer, even without reading it');
	expect(relayed()).toHaveLength(2);
	await site.close();
});

/**
 * Lets the simulator answer once before a test of the page, which waits 15 s and no longer: on a busy machine the first
 * answer takes its time.
 */
async function warmUp(page: Page, bedrock: { port: number; received: unknown[] }): Promise<void> {
	for (const path of ['v1/responses', 'model/m/converse'])
		await page.request.post(`https://127.0.0.1:${bedrock.port}/${path}`, { data: {} });
	bedrock.received.length = 0;
}

test('a pasted key is tested before it is saved, the hosts that were asked are listed, and a test that is billed asks first', async ({
	page,
	url,
	bedrock
}) => {
	await open(page, url);
	await warmUp(page, bedrock);
	const key = newKey();
	await page.getByTestId('key-chip').click();
	await page.getByLabel('API key', { exact: true }).fill(key);
	await page.getByRole('button', { name: 'Test connection' }).click();
	const tests = page.getByTestId('key-tests').getByRole('listitem');
	await expect(tests).toContainText([
		/The connection and the key work/,
		/The connection and the key work/
	]);
	expect(
		bedrock.received.map(({ method, url: asked }) => `${method} ${new URL(asked).pathname}`).sort()
	).toEqual(['GET /v1/models', 'POST /model/test.no-such-model-v1%3A0/converse']);
	expect(new Set(bedrock.received.map(({ headers }) => headers.authorization))).toEqual(
		new Set([`Bearer ${key}`])
	);
	await page.getByRole('button', { name: 'Cancel' }).click();
	// Nothing of it was kept.
	await expect(page.getByTestId('key-chip')).toContainText('No API key');
	await page.getByTestId('connections').click();
	const dialog = page.getByRole('dialog', { name: 'Connections' });
	await expect(dialog.getByRole('button', { name: 'Test runtime', exact: true })).toBeDisabled();
	await dialog.getByRole('button', { name: 'Hosts contacted: 2' }).click();
	const hosts = page.getByRole('dialog', { name: 'Hosts contacted' });
	await expect(hosts.getByRole('row')).toContainText([
		'Requests',
		runtime,
		'bedrock-mantle.us-west-2.api.aws'
	]);
	await hosts.getByText(/The page’s policy allows/).click();
	await expect(hosts.getByText('https://bedrock-mantle.eu-west-1.api.aws')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(hosts).toHaveCount(0);

	// A test that is billed says so, asks first, and asks for no fewer tokens than allowed.
	await pasteKey(page, key);
	bedrock.received.length = 0;
	await chooseApi(page, 'Responses');
	await page.getByTestId('connections').click();
	const row = page.getByTestId('connection-mantle');
	await row.getByRole('button', { name: 'Test mantle with a model…' }).click();
	await expect(row).toContainText('at most 16 tokens of answer. This is billed to your account.');
	expect(bedrock.received).toEqual([]);
	await row.getByRole('button', { name: 'Send the test' }).click();
	await expect(row.getByTestId('connection-test')).toContainText(
		'The connection and the key work.'
	);
	expect(bedrock.received).toHaveLength(1);
	expect(JSON.parse(bedrock.received[0]?.body ?? '')).toMatchObject({
		max_output_tokens: 16,
		store: false
	});
	// A test is no message of the conversation.
	await expect(page.getByText('Nothing sent yet')).toBeVisible();
});
