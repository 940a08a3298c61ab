import type { LucideProps } from '@lucide/svelte';
import type { Component } from 'svelte';

/** A Lucide icon: `import X from '@lucide/svelte/icons/x'`. */
export type IconShape = Component<LucideProps>;
