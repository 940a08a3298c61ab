/**
 * The bare page: the least a page can do and still show the answer. ?api=chat|responses|converse,
 * ?view=raw (bytes as text, nothing parsed), plain (one text node, once a frame), blocks (the same
 * with one element a paragraph) or markdown (marked's lexer on the open tail block, once a frame),
 * ?model, ?base; ?every=50 shows pieces at most every 50 ms instead of once a frame; ?far=1 leaves out
 * of the layout what is far outside the view (`content-visibility: auto`).
 */
const query = new URLSearchParams(location.search);
const api = query.get('api') ?? 'chat';
const view = query.get('view') ?? 'plain';
const model = query.get('model') ?? 'bench-2000-200';
const base = query.get('base') ?? location.origin;
const every = Number(query.get('every') ?? 0);

const main = document.querySelector('main');
const form = document.querySelector('form');
const status = document.querySelector('output');

/** Collects pieces and hands them over together once a frame, or in a frame at most every so many ms. */
function onceAFrame(show) {
	let pieces = '';
	let waiting = false;
	let timer = 0;
	let frame = 0;
	let last = -Infinity;
	const flush = () => {
		waiting = false;
		last = performance.now();
		const text = pieces;
		pieces = '';
		if (text) show(text);
	};
	const atFrame = () => {
		frame = requestAnimationFrame(flush);
	};
	return {
		add(text) {
			pieces += text;
			if (waiting) return;
			waiting = true;
			const wait = every - (performance.now() - last);
			if (wait > 0) timer = setTimeout(atFrame, wait);
			else atFrame();
		},
		end() {
			clearTimeout(timer);
			cancelAnimationFrame(frame);
			flush();
		}
	};
}

function plainView() {
	main.className = 'plain';
	const node = main.appendChild(document.createTextNode(''));
	return onceAFrame((text) => {
		node.appendData(text);
		main.scrollTop = main.scrollHeight;
	});
}

/** Plain text again, but a new element at each blank line, so that layout never touches old text. */
function blocksView() {
	main.className = 'plain';
	let node;
	const open = () => {
		const block = main.appendChild(document.createElement('div'));
		node = block.appendChild(document.createTextNode(''));
	};
	open();
	return onceAFrame((text) => {
		let at = 0;
		for (let end; (end = text.indexOf('\n\n', at)) >= 0; at = end + 2) {
			node.appendData(text.slice(at, end + 2));
			open();
		}
		node.appendData(text.slice(at));
		main.scrollTop = main.scrollHeight;
	});
}

/** Blocks before the last one are final: they are rendered once. Only the last is lexed again. */
async function markdownView() {
	const { lexer, parser } = await import('./marked.mjs');
	main.className = query.has('far') ? 'markdown far' : 'markdown';
	let open = '';
	let tail = document.createElement('div');
	main.append(tail);
	return onceAFrame((text) => {
		open += text;
		const tokens = lexer(open);
		let last = tokens.length - 1;
		while (last > 0 && tokens[last].type === 'space') last -= 1;
		// A block is closed when another one begins on a whole line after it.
		const rest = tokens.slice(last);
		if (last > 0 && rest.some((token) => token.raw.includes('\n'))) {
			tail.innerHTML = parser(tokens.slice(0, last));
			tail = document.createElement('div');
			main.append(tail);
			open = rest.map((token) => token.raw).join('');
			tail.innerHTML = parser(rest);
		} else {
			tail.innerHTML = parser(tokens);
		}
		main.scrollTop = main.scrollHeight;
	});
}

function request(prompt) {
	const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };
	const post = (path, body) =>
		fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
	if (api === 'converse')
		return post(`/model/${encodeURIComponent(model)}/converse-stream`, {
			messages: [{ role: 'user', content: [{ text: prompt }] }]
		});
	if (api === 'responses') return post('/v1/responses', { model, stream: true, input: prompt });
	return post('/v1/chat/completions', {
		model,
		stream: true,
		messages: [{ role: 'user', content: prompt }]
	});
}

async function* chunks(body) {
	const reader = body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return;
		yield value;
	}
}

/** Bytes in, text deltas out. */
async function decoder(onText) {
	if (api === 'converse') {
		const { createDecoder } = await import('./event-stream.mjs');
		const utf8 = new TextDecoder();
		return createDecoder((headers, payload) => {
			const data = JSON.parse(utf8.decode(payload));
			if (headers[':event-type'] === 'contentBlockDelta') onText(data.delta.text);
		});
	}
	const { createParser } = await import('./eventsource-parser/index.js');
	const utf8 = new TextDecoder();
	const parser = createParser({
		onEvent: ({ data }) => {
			if (data === '[DONE]') return;
			const event = JSON.parse(data);
			const text =
				api === 'chat'
					? event.choices[0]?.delta.content
					: event.type === 'response.output_text.delta'
						? event.delta
						: '';
			if (text) onText(text);
		}
	});
	return { push: (bytes) => parser.feed(utf8.decode(bytes, { stream: true })), end() {} };
}

async function prepare() {
	if (view === 'raw') {
		main.className = 'plain';
		const utf8 = new TextDecoder();
		const shown = onceAFrame((text) =>
			main.appendChild(document.createElement('div')).append(text)
		);
		return { push: (bytes) => shown.add(utf8.decode(bytes, { stream: true })), end: shown.end };
	}
	const shown = await { plain: plainView, blocks: blocksView, markdown: markdownView }[view]();
	const { push, end } = await decoder(shown.add);
	return {
		push,
		end() {
			end();
			shown.end();
		}
	};
}

async function send() {
	status.value = 'streaming';
	const sink = await ready;
	const response = await request(form.elements.prompt.value);
	form.elements.prompt.value = '';
	for await (const bytes of chunks(response.body)) sink.push(bytes);
	sink.end();
	status.value = 'done';
}

form.addEventListener('submit', (event) => {
	event.preventDefault();
	send();
});
const ready = prepare();
ready.then(() => (status.value = 'ready'));
