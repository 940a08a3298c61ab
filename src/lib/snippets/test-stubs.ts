import { readFileSync } from 'node:fs';

const halves = '"Hello, 世界", " 🌍!\\nIt\'s \\"fine\\"."';

/** Stands for boto3: keeps the arguments, answers with dicts as botocore gives them. */
export const boto3Stub = `calls = []

class Client:
    def __init__(self, settings):
        self.settings = settings

    def keep(self, method, args):
        calls.append({"client": self.settings, "method": method, "args": args})
        return any("tool please" in str(message) for message in args.get("messages", []))

    def converse(self, **args):
        content = [{"reasoningContent": {"reasoningText": {"text": "Hmm"}}}]
        if not self.keep("converse", args):
            content += [{"text": text} for text in (${halves})]
        content.append({"toolUse": {"toolUseId": "t1", "name": "find_it", "input": {}}})
        return {"output": {"message": {"role": "assistant", "content": content}}}

    def converse_stream(self, **args):
        self.keep("converse_stream", args)
        return {"stream": self.events()}

    def events(self):
        yield {"messageStart": {"role": "assistant"}}
        yield {"contentBlockDelta": {"delta": {"reasoningContent": {"text": "Hmm"}}}}
        for text in (${halves}):
            yield {"contentBlockDelta": {"delta": {"text": text}, "contentBlockIndex": 1}}
        yield {"contentBlockStop": {"contentBlockIndex": 1}}
        yield {"messageStop": {"stopReason": "end_turn"}}
        yield {"metadata": {"usage": {"inputTokens": 1}}}

def client(service, **settings):
    return Client({"service": service, **settings})
`;

/** Stands for openai: its methods have the parameters that the package's types name, and no others. */
export const openaiStub = `calls = []

class Thing:
    def __init__(self, **fields):
        self.__dict__.update(fields)

    def __repr__(self):
        return f"Thing({self.__dict__})"

class Answer(Thing):
    @property
    def output_text(self):
        parts = [part for item in self.output if item.type == "message" for part in item.content]
        return "".join(part.text for part in parts if part.type == "output_text")

def keep(settings, method, args):
    given = {key: value for key, value in args.items() if value is not ... and key != "self"}
    extra = {"headers": given.pop("extra_headers", None), "body": given.pop("extra_body", None)}
    assert not set(given) & set(extra["body"] or {}), "a field is there twice"
    calls.append({"client": settings, "method": method, "args": given, "extra": extra})
    return "tool please" in str(given)

def answer_chat(calls_tool):
    content = None if calls_tool else "".join((${halves}))
    message = Thing(content=content, tool_calls=[Thing(name="find_it")], reasoning="Hmm")
    return Thing(choices=[Thing(finish_reason="stop", message=message)])

def stream_chat():
    for text in ("", None, ${halves}):
        yield Thing(choices=[Thing(index=0, delta=Thing(content=text))])
    yield Thing(choices=[])

def answer_responses(calls_tool):
    content = [Thing(type="output_text", text=text) for text in (${halves})]
    last = Thing(type="message", content=content)
    if calls_tool:
        last = Thing(type="function_call", name="find_it")
    return Answer(output=[Thing(type="reasoning", content=[]), last])

def stream_responses(fails):
    yield Thing(type="response.created")
    yield Thing(type="response.reasoning_text.delta", delta="Hmm")
    for text in (${halves}):
        yield Thing(type="response.output_text.delta", delta=text)
    if fails:
        yield Thing(type="response.failed", response=Thing(error="Too many"))
    yield Thing(type="response.completed")

class Completions(Thing):
    def create(self, *, ${signature('chat/completions/completions', 'ChatCompletionCreateParamsBase', ['model', 'messages'])}):
        calls_tool = keep(self.settings, "chat.completions.create", locals())
        return stream_chat() if stream is True else answer_chat(calls_tool)

class Responses(Thing):
    def create(self, *, ${signature('responses/responses', 'ResponseCreateParamsBase', [])}):
        special = keep(self.settings, "responses.create", locals())
        return stream_responses(special) if stream is True else answer_responses(special)

class OpenAI:
    def __init__(self, **settings):
        self.chat = Thing(completions=Completions(settings=settings))
        self.responses = Responses(settings=settings)
`;

/** Keyword parameters of a method; those that may be absent have the default `...`. */
function signature(file: string, name: string, required: readonly string[]): string {
	const optional = readParameters(file, name).filter((key) => !required.includes(key));
	return [
		...required,
		...[...optional, 'extra_headers', 'extra_body'].map((key) => `${key}=...`)
	].join(', ');
}

/** Field names of an interface in the openai package. */
export function readParameters(file: string, name: string): string[] {
	const url = new URL(`../../../node_modules/openai/resources/${file}.d.ts`, import.meta.url);
	const text = readFileSync(url, 'utf8');
	const [, body = ''] = new RegExp(`export interface ${name} \\{\\n([^]*?)\\n\\}`).exec(text) ?? [];
	return Array.from(body.matchAll(/^ {4}(\w+)\??:/gm), ([, key = '']) => key);
}
