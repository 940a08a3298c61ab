import type { Random } from '../random.ts';
import { BASE62 } from '../random.ts';

/** A tool that the service runs itself, while it answers. */
export interface ServerTool {
	kind: 'web-search' | 'mcp' | 'system';
	name: string;
	/** The label of an MCP server. */
	label?: string;
	/** Whether a person has to allow the call first. */
	approval?: boolean;
	/** A call that a person has allowed: it is made as it was asked for. */
	allowed?: { request: string; input: Readonly<Record<string, string>> };
	/** Whether it is called for every prompt. */
	always?: boolean;
	/** Whether the model has it without being given it. */
	builtIn?: boolean;
}

/** A call that the service made itself, with what came back. */
export interface ServerCall {
	tool: ServerTool;
	id: string;
	input: Readonly<Record<string, string>>;
	/** Absent while a person has to allow the call. */
	output?: Readonly<Record<string, unknown>>;
}

/** The page that every search finds. */
export const FOUND = {
	title: 'What is Amazon Bedrock?',
	url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/what-is-bedrock.html',
	domain: 'docs.aws.amazon.com',
	quote: 'Amazon Bedrock is a fully managed service that makes foundation models available.'
};

/** The calls that the service makes for a prompt: of each tool that the prompt seems to need. */
export function planServerCalls(
	tools: readonly ServerTool[],
	prompt: string,
	random: Random
): ServerCall[] {
	return tools
		.filter((tool) => isNeeded(tool, prompt))
		.map((tool) => ({
			tool,
			id: random.text(BASE62, 22),
			input: tool.allowed?.input ?? inputFor(tool, prompt),
			...(tool.approval !== true && { output: outputOf(tool) })
		}));
}

/** Whether a call looked something up that the answer can cite. */
export function isSearch({ tool, output }: ServerCall): boolean {
	return output !== undefined && (tool.kind === 'web-search' || tool.name === 'nova_grounding');
}

function isNeeded(tool: ServerTool, prompt: string): boolean {
	const { kind, name, label = '', builtIn, always } = tool;
	if (always === true) return true;
	if (builtIn === true) return prompt.toLowerCase().includes(label);
	if (/\btools?\b/i.test(prompt)) return true;
	if (kind === 'web-search' || name === 'nova_grounding')
		return /\b(?:search|web|news|latest|sources?|look up)\b/i.test(prompt);
	if (name === 'nova_code_interpreter') return /\b(?:calculate|compute|run|code)\b/i.test(prompt);
	const words = [label, ...name.split(/[^\p{L}]+/u)].filter((word) => word.length > 3);
	return words.some((word) => prompt.toLowerCase().includes(word.toLowerCase()));
}

function inputFor({ name, kind }: ServerTool, prompt: string): Record<string, string> {
	const words = prompt.split(/\s+/).slice(0, 8).join(' ');
	if (name === 'nova_code_interpreter') return { snippet: 'print(6 * 7)' };
	return kind === 'mcp' ? { text: words } : { query: words };
}

function outputOf({ name, kind }: ServerTool): Record<string, unknown> {
	if (name === 'nova_code_interpreter')
		return { stdOut: '42\n', stdErr: '', exitCode: 0, isError: false };
	return kind === 'mcp' ? { ok: true } : { results: [{ title: FOUND.title, url: FOUND.url }] };
}
