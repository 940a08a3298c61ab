import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * Parses TypeScript without saying so: told that it is TypeScript, the parser of Svelte files parses each one twice, the
 * second time with declarations that only rules with type information use, and there are none of these here.
 */
const parser = {
	parseForESLint(code, options) {
		const { ast, scopeManager, visitorKeys } = ts.parser.parseForESLint(code, options);
		return { ast, scopeManager, visitorKeys };
	}
};

export default defineConfig(
	// Of everything else, the same rules are in .oxlintrc.json: oxlint takes a second where this took half a minute.
	globalIgnores(['build/', '.svelte-kit/', 'node_modules/', 'test-results/', 'tests/fixtures/']),
	globalIgnores(['**/*.js', '**/*.mjs', '**/*.ts', '!**/*.svelte.ts']),
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-empty': ['error', { allowEmptyCatch: false }],
			// `const { left: _, ...rest } = whole` is how a field is left out.
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				// Without type information: it costs 60 s and one rule here uses it, which tests/props.test.ts stands in for.
				parser,
				svelteConfig
			}
		},
		rules: {
			// Trusted Types blocks raw strings at run time; this blocks them at review time.
			'svelte/no-at-html-tags': 'error',
			'svelte/no-unused-props': 'off',
			// One page, no SvelteKit navigation, and URL objects are local temporaries.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/prefer-svelte-reactivity': 'off'
		}
	}
);
