import type { IconNode } from 'lucide';

/** A Lucide icon as data: `import X from 'lucide/dist/esm/icons/x.mjs'`. */
export type IconShape = IconNode;

const paths = new WeakMap<IconShape, string>();

/** The icon as the data of one path, so that however many pieces it has, it is one element. */
export function pathOf(shape: IconShape): string {
	let path = paths.get(shape);
	if (path === undefined) paths.set(shape, (path = shape.map(drawPiece).join('')));
	return path;
}

/** Draws what Lucide's icons are made of. */
function drawPiece([kind, attributes]: IconShape[number]): string {
	const at = (name: string) => Number(attributes[name] ?? 0);
	switch (kind) {
		case 'circle': {
			const r = at('r');
			return `M${at('cx') - r} ${at('cy')}${drawArc(r, 2 * r, 0)}${drawArc(r, -2 * r, 0)}`;
		}
		case 'rect': {
			const r = at('rx');
			const [across, down] = [at('width') - 2 * r, at('height') - 2 * r];
			const right = `h${across}${drawArc(r, r, r)}v${down}${drawArc(r, -r, r)}`;
			const left = `h${-across}${drawArc(r, -r, -r)}v${-down}${drawArc(r, r, -r)}`;
			return `M${at('x') + r} ${at('y')}${right}${left}z`;
		}
		case 'line':
			return `M${at('x1')} ${at('y1')}L${at('x2')} ${at('y2')}`;
		default:
			// It can begin with a relative move, which counts from the piece before.
			return `M0 0${attributes.d}`;
	}
}

/** A part of a circle, clockwise, to a point beside the last one. */
function drawArc(radius: number, x: number, y: number): string {
	return `a${radius} ${radius} 0 0 1 ${x} ${y}`;
}
