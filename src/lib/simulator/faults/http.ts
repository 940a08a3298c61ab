import type { ApiName } from '../call.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid, refuse, refuseNatively } from '../wire/errors.ts';
import type { Fault } from './fault.ts';
import { wordOnDemand, wordUnsupported } from '../models/rules.ts';
import { newFault } from './new-fault.ts';

const OPENAI_APIS: readonly ApiName[] = ['chat-completions', 'responses'];

/** Errors of the service with a status of their own, each in the shape of the API that is asked. */
export const problemFaults: readonly Fault[] = [
	newProblem('validation', 400, 'ValidationException', 'A parameter of the request is not valid.', {
		message:
			'The model returned the following errors: Malformed input request, please reformat your input and try again.'
	}),
	newProblem('quota', 400, 'ServiceQuotaExceededException', 'A quota of the account is used up.', {
		message: 'Your request exceeds the service quota for your account.'
	}),
	newProblem('conflict', 400, 'ConflictException', 'The request collides with another one.', {
		message: 'Error occurred because of a conflict while performing an operation.'
	}),
	newProblem(
		'on-demand',
		400,
		'ValidationException',
		'The model wants the id of an inference profile.',
		{
			message: wordOnDemand('fault.on-demand')
		}
	),
	newProblem(
		'wrong-endpoint',
		400,
		'ValidationException',
		'The id is one of the other endpoint or another Region.',
		{
			message: 'The provided model identifier is invalid.'
		}
	),
	newProblem('access-denied', 403, 'AccessDeniedException', 'A policy does not allow the call.', {
		message:
			'User: arn:aws:iam::123456789012:user/demo is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/fault.access-denied because no identity-based policy allows the bedrock:InvokeModel action'
	}),
	newProblem('no-bearer', 403, 'AccessDeniedException', 'A policy does not allow API keys.', {
		message:
			'User: arn:aws:iam::123456789012:user/demo is not authorized to perform: bedrock:CallWithBearerToken on resource: * because no identity-based policy allows the bedrock:CallWithBearerToken action'
	}),
	newProblem(
		'marketplace',
		403,
		'AccessDeniedException',
		'The agreement for the model is pending.',
		{
			message:
				'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions. Refer to the Amazon Bedrock documentation for further details. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 15 minutes.'
		}
	),
	newProblem('not-found', 404, 'ResourceNotFoundException', 'There is no such model.', {
		message: "The model 'fault.not-found' does not exist"
	}),
	newProblem(
		'use-case-form',
		404,
		'ResourceNotFoundException',
		'The form for Anthropic models is not filled in.',
		{
			message:
				'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.'
		}
	),
	newProblem('model-timeout', 408, 'ModelTimeoutException', 'The model took too long.', {
		message: 'Model has timed out in processing the request. Try your request again.'
	}),
	newProblem('throttled', 429, 'ThrottlingException', 'Too many requests.', {
		message: 'Too many requests, please wait before trying again.'
	}),
	newProblem('throttled-tokens', 429, 'ThrottlingException', 'Too many tokens.', {
		message: 'Too many tokens, please wait before trying again.'
	}),
	newProblem('model-not-ready', 429, 'ModelNotReadyException', 'The model is being loaded.', {
		message: 'Model is not ready for inference. Wait and try your request again.'
	}),
	newProblem('internal', 500, 'InternalServerException', 'The service failed.', {
		message: 'The system encountered an unexpected error during processing. Try your request again.'
	}),
	newProblem('unavailable', 503, 'ServiceUnavailableException', 'The service is too busy.', {
		message: 'Bedrock is unable to process your request.'
	}),
	{
		...newFault('model-error', 'The model failed, with the status that it gave.'),
		words: 'The model returned an unexpected error while processing the request.',
		answer: (api) => {
			const message = 'The model returned an unexpected error while processing the request.';
			const problem: Problem = { status: 424, exception: 'ModelErrorException', message };
			if (api !== 'converse') return refuse(api, problem);
			const body = { message, originalStatusCode: 500, resourceName: 'fault.model-error' };
			return { ...refuseNatively(problem), body: JSON.stringify(body) };
		}
	},
	{
		...newFault('no-mantle-access', 'A policy allows the runtime but not mantle.', OPENAI_APIS),
		words: 'is not authorized to perform: bedrock-mantle:CreateInference',
		answer: (api, _, region) =>
			refuse(api, {
				status: 403,
				exception: 'AccessDeniedException',
				message: `User: arn:aws:iam::123456789012:user/demo is not authorized to perform: bedrock-mantle:CreateInference on resource: arn:aws:bedrock-mantle:${region || 'us-east-1'}:123456789012:project/default because no identity-based policy allows the bedrock-mantle:CreateInference action`
			})
	},
	{
		...newFault(
			'wrong-prefix',
			'The model is on /openai/v1 and not on /v1, where it answers.',
			OPENAI_APIS
		),
		words: "The model 'fault.wrong-prefix' does not support the '/v1/",
		answer: (api, path) =>
			path.startsWith('/openai/')
				? undefined
				: refuse(api, newInvalid(wordUnsupported('fault.wrong-prefix', path)))
	},
	{
		...newFault('unsupported-parameter', 'The model refuses a parameter by name.', OPENAI_APIS),
		words: "Unsupported parameter: 'temperature' is not supported with this model.",
		answer: (api) =>
			refuse(
				api,
				newInvalid(
					"Unsupported parameter: 'temperature' is not supported with this model.",
					'temperature'
				)
			)
	}
];

function newProblem(
	name: string,
	status: number,
	exception: string,
	about: string,
	{ message }: { message: string }
): Fault {
	return {
		...newFault(name, about),
		words: message,
		answer: (api) => refuse(api, { status, exception, message })
	};
}
