import type { Note } from '../../model/run.ts';
import { section } from '../section.ts';

/** What stands under an answer: its figures, and details that few look for. */
export const run = section('run', {
	metrics: {
		ttft: 'TTFT',
		total: 'total',
		elapsed: 'elapsed',
		events: 'events',
		received: 'received',
		speed: 'speed',
		perSecond: (speed: string) => `${speed} tok/s`,
		in: 'in',
		out: 'out',
		cached: (count: string) => `cached ${count}`,
		reasoning: (count: string) => `reasoning ${count}`,
		status: 'status',
		quiet: 'quiet for',
		seconds: (seconds: number) =>
			seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`,
		unreported: 'usage not reported',
		reportUsage: 'Turn on include_usage',
		reportUsageHow: 'Asks the service to report the usage of the next streamed answer'
	},
	details: {
		name: 'Details',
		interventions: 'What the guardrail did',
		by: 'by',
		notes: {
			'after-end':
				'The service went on after it had ended the answer. What came then stands at its end.',
			'second-end': 'The service ended the answer more than once. The first end counts.',
			'error-after-end':
				'The service sent an error after the whole answer had come. The answer stands.',
			'key-hidden':
				'What came back held your API key. It was taken out before anything was shown or stored.'
		} satisfies Record<Note, string>
	}
});
