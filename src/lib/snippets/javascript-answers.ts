import type { ApiId } from '../model/draft.ts';

/** Code that prints the answer in `response`: its text, or all of it where it has none. */
export const readAnswer: Record<ApiId, string> = {
	converse: `const answer = await response.json();
const content = answer.output?.message?.content ?? [];
const text = content.map((block) => block.text ?? '').join('');
console.log(text || JSON.stringify(answer, null, 2));`,
	'chat-completions': `const answer = await response.json();
const text = (answer.choices ?? []).map((choice) => choice.message.content ?? '').join('\\n');
console.log(text || JSON.stringify(answer, null, 2));`,
	responses: `const answer = await response.json();
const messages = (answer.output ?? []).filter((item) => item.type === 'message');
const text = messages
  .flatMap((message) => message.content)
  .map((part) => part.text ?? '')
  .join('');
console.log(text || JSON.stringify(answer, null, 2));`
};

/** Code that prints the text in the stream of `response` as it comes. */
export const readStream: Record<ApiId, string> = {
	converse: `// A message is its length, the length of its headers, a checksum, headers, JSON, a checksum
let bytes = Buffer.alloc(0);
let ended = false;
for await (const chunk of response.body) {
  bytes = Buffer.concat([bytes, chunk]);
  while (bytes.length >= 12 && bytes.length >= bytes.readUInt32BE(0)) {
    const end = bytes.readUInt32BE(0);
    const start = 12 + bytes.readUInt32BE(4);
    const headers = bytes.toString('utf8', 12, start);
    const payload = bytes.toString('utf8', start, end - 4);
    if (!headers.includes(':event-type')) throw new Error(headers + payload);
    const event = JSON.parse(payload);
    process.stdout.write(event.delta?.text ?? '');
    ended ||= event.stopReason !== undefined;
    bytes = bytes.subarray(end);
  }
}
if (!ended) throw new Error(\`The stream was cut short \${bytes}\`);
console.log();`,
	'chat-completions': readLines(`    if (event.error) throw new Error(JSON.stringify(event.error));
    for (const choice of event.choices ?? []) {
      process.stdout.write(choice.delta?.content ?? '');
      ended ||= Boolean(choice.finish_reason);
    }`),
	responses: readLines(`    if (event.type === 'error' || event.type === 'response.failed') {
      throw new Error(JSON.stringify(event));
    }
    if (event.type === 'response.output_text.delta') process.stdout.write(event.delta);
    ended ||= event.type === 'response.completed' || event.type === 'response.incomplete';`)
};

/** A loop over the lines of a server-sent stream, with `body` for each event. */
function readLines(body: string): string {
	return `const decoder = new TextDecoder();
let rest = '';
let ended = false;
for await (const chunk of response.body) {
  const lines = (rest + decoder.decode(chunk, { stream: true })).split('\\n');
  rest = lines.pop();
  for (const line of lines) {
    const data = line.startsWith('data:') ? line.slice(5).trim() : '';
    if (data === '' || data === '[DONE]') continue;
    const event = JSON.parse(data);
${body}
  }
}
if (!ended) throw new Error(\`The stream was cut short \${rest}\`);
console.log();`;
}
