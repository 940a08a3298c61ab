/** What happens between Send and the first token, as a numbered list. */
export const FIRST_TOKEN = `1. **The request is built.** Your draft becomes one HTTP request. The Body tab shows its exact bytes.
2. **It goes straight out.** The browser adds your key to that one request and calls Bedrock. No server sits between.
3. **The first frame arrives.** A binary frame carries its length, headers and two checksums. Both are checked before a word is shown.
4. **Events become text.** Each delta is appended to the answer, and the page paints once a frame.
5. **The end is checked.** The answer counts as finished only when the stream itself said so.`;

/** How to back off from a 429, with a code block and a table. */
export const BACK_OFF = `Use **exponential back-off with full jitter**, cap it, and let \`Retry-After\` win when the browser may read it. Retry only while nothing has arrived: a stream that started is already billed.

\`\`\`ts
export async function backOff(attempt: number, retryAfter?: number) {
  const ceiling = Math.min(8_000, 500 * 2 ** attempt);
  const wait = retryAfter ?? Math.random() * ceiling;
  await new Promise((done) => setTimeout(done, wait));
}
\`\`\`

| Attempt | Ceiling | Mean wait |
| ------- | ------: | --------: |
| 1       |   0.5 s |    0.25 s |
| 2       |   1.0 s |    0.50 s |
| 3       |   2.0 s |    1.00 s |
| 4       |   4.0 s |    2.00 s |`;

/** The thought before the answer about back-off. */
export const BACK_OFF_REASONING =
	'The caller asks for a retry policy. Full jitter spreads clients best. Nothing may be sent again once bytes have arrived, because a stream that started is billed.';

/** A haiku about waiting for a stream. */
export const HAIKU = `Bytes cross the cold wire,
one small frame after the next.
A sentence wakes up.`;

/** An answer to a prompt with Han characters; it ends in characters of four bytes. */
export const CHINESE =
	'这是内置的模拟器，没有真实的模型在回答。请求已经收到，回答会按照真实的格式一段一段地返回，包括多字节字符和表情符号 🚀🧪。\n\n添加 API 密钥之后，同样的请求会直接发送到 Amazon Bedrock。👋🏽';

/** Amazon Bedrock in one sentence. */
export const BEDROCK =
	"Amazon Bedrock is AWS's fully managed service that provides on‑demand access to a suite of foundation‑model APIs.";

/** Amazon S3 in two sentences. */
export const S3 =
	'Amazon S3 (Simple Storage Service) is a scalable cloud storage service designed to store and retrieve any amount of data from anywhere on the web. It keeps objects in buckets, with access control, versions and storage classes for each.';

/** Some JSON in a fence, for a prompt that asks for JSON without giving a schema. */
export const JSON_BLOCK = `\`\`\`json
{
  "service": "Amazon Bedrock",
  "simulated": true,
  "apis": ["Converse", "Chat Completions", "Responses"],
  "frames": { "binary": true, "checksums": 2 }
}
\`\`\``;

/** What a guardrail says in place of an answer. */
export const BLOCKED = 'Sorry, the model cannot answer this question.';

/** What a model says when it refuses. */
export const REFUSAL = "I'm sorry, but I can't help with that.";
