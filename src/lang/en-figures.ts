// The words of the pictures, in English.

import type { ActivationFacts, CountFacts, NetworkFacts, Pictures } from './figure-words.ts';
import { type Formula, type Phrase, say } from './phrase.ts';

const grouped = (count: number): string => count.toLocaleString('en-US');
const plural = (count: number, one: string, many: string): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** p x q */
const shape = (rows: string, columns: string): Formula => ({
  latex: `${rows} \\times ${columns}`,
  unicode: `${rows} × ${columns}`,
  plain: null,
});

function network({ widths, lit, abbreviated }: NetworkFacts): ReturnType<Pictures['network']> {
  const columns =
    widths === null
      ? 'One column of circles for each layer'
      : `${widths.length} columns of circles, one for each layer, of ${widths.join(', ')} neurons`;
  const which = lit === undefined ? 'one neuron' : `neuron ${lit.neuron} of layer ${lit.layer}`;
  const dots = abbreviated ? ' Dots stand for what is not drawn.' : '';
  return {
    title: widths === null ? 'A feedforward network' : `The network ${widths.join('-')}`,
    description: `${columns}, from the input layer at the left to the output layer at the right. Every neuron has an edge to each neuron of the next layer; the edges into ${which} are thick and carry their weights.${dots}`,
    caption: say`Each layer's output is the next layer's input, from left to right, and there is no loop. Lit: the weights into ${which}.${dots}`,
    input: 'input layer',
    hidden: widths?.length === 3 ? 'hidden layer' : 'hidden layers',
    output: 'output layer',
  };
}

function activation({ name, inputs, saturated }: ActivationFacts): ReturnType<Pictures['activation']> {
  const dots =
    inputs === 0
      ? ''
      : ' Dots mark the weighted inputs of this network: full ones on the function, open ones on its derivative.';
  const bands = saturated === null ? '' : ' Pale bands lie where the derivative is small.';
  return {
    title: `The activation function ${name} and its derivative`,
    description: `The graph of ${name} as a solid line, that of its derivative as a dashed one.${dots}${bands}`,
    caption: say`The function (solid) and its derivative (dashed).${dots}${saturation(inputs, saturated)}`,
    saturated: 'saturated',
  };
}

function saturation(inputs: number, saturated: number | null): Phrase {
  if (saturated === null) return [];
  const here =
    saturated === 0 ? 'none lies there' : `${saturated === 1 ? 'one lies' : `${saturated} lie`} there`;
  const of =
    inputs === 1
      ? `the one weighted input shown ${saturated === 0 ? 'does not lie' : 'lies'} there`
      : `of the ${inputs} weighted inputs shown ${here}`;
  const count = inputs === 0 ? '' : `; ${of}`;
  return say` In the pale bands the derivative is less than a tenth of its largest value, so the error that arrives there is multiplied by a small number and the neuron learns slowly: it is saturated${count}.`;
}

function counts({ differences, backpropagation, samples }: CountFacts): ReturnType<Pictures['counts']> {
  const many = samples === 1 ? 'one sample' : `${grouped(samples)} samples`;
  const [slow, fast] = [plural(differences, 'pass', 'passes'), plural(backpropagation, 'pass', 'passes')];
  return {
    title: 'How many passes the gradient takes',
    description: `Two bars on a logarithmic axis, for ${many}: ${slow} by forward differences, ${fast} by backpropagation.`,
    caption: say`The whole gradient of ${many}: ${slow} by forward differences, ${fast} by backpropagation. The axis is logarithmic; each mark is ten times the one before.`,
    differences: 'forward differences',
    backpropagation: 'backpropagation',
    axis: samples === 1 ? 'passes for one sample' : `passes for ${many}`,
  };
}

const innerSizes = 'The thick sides are those that must agree where two blocks are multiplied.';

export const englishPictures: Pictures = {
  network,
  chainFan: (width) => ({
    title: 'The chain rule through the next layer',
    description: `The weighted input of one neuron leads to its activation, this to the weighted inputs of ${width === null ? 'all neurons' : plural(width, 'neuron', 'neurons')} of the next layer, and these to the loss. Solid arrows go forward and carry the weights, dashed ones come back and carry the errors of the next layer.`,
    caption: say`The neuron acts on the loss through every neuron of the next layer, hence the sum. Each path brings back that neuron's error times the weight; their sum, times the derivative of the activation function, is this neuron's error: BP2.`,
  }),
  outputFan: (width) => ({
    title: 'Why one term is left in BP1',
    description: `The weighted input of one output neuron, the ${width === null ? 'activations' : width === 1 ? 'activation' : `${width} activations`} of the output layer, and the loss. ${width === 1 ? "The path through the neuron's own activation is the only one." : "Only the path through the neuron's own activation is drawn in full; the others are faint and carry a 0."}`,
    caption: say`A weighted input changes the activation of its own neuron and of no other. ${width === 1 ? 'So one' : 'Every other path carries the factor 0, so one'} term of the sum is left: BP1.`,
  }),
  backflow: () => ({
    title: 'The errors flow back',
    description:
      'At the right the errors of a layer, at the left those of the layer before it. Every weight between them is a dashed arrow from right to left; those into one neuron are thick and carry their weights. Below stands BP2 in matrix form.',
    caption: say`The weights that carried the activations forward carry the errors back: the forward pass multiplies by the weight matrix, the backward pass by its transpose. What arrives is multiplied by the derivative of the activation function, entry by entry.`,
  }),
  passes: () => ({
    title: 'The forward and the backward pass',
    description:
      'Above, from left to right, the weighted inputs and the activations of each layer, up to the loss. Below, from right to left, the errors; under each error the two gradients that are read off it.',
    caption: say`The forward pass (solid) computes every weighted input and activation and keeps them. The backward pass (dashed) goes from the loss back to layer 2, once; the gradients by a layer's biases and weights are read off its error.`,
    forward: 'forward pass',
    backward: 'backward pass',
    gradients: 'gradients',
  }),
  blocks: {
    forward: () => ({
      title: "The shapes in a layer's equation",
      description:
        "A layer's equation, every vector and matrix a block as high as it has rows and as wide as it has columns.",
      caption: say`${innerSizes} The weight matrix has one row for each neuron of the layer and one column for each neuron of the layer before it.`,
    }),
    backward: () => ({
      title: 'The shapes in BP2',
      description:
        'BP2 in matrix form, every vector and matrix a block as high as it has rows and as wide as it has columns.',
      caption: say`${innerSizes} Only the transpose of the next layer's weight matrix has as many columns as that layer has errors; the two factors of the Hadamard product have the same shape.`,
    }),
    gradient: () => ({
      title: 'The shapes in BP4',
      description: 'BP4 in matrix form: a column times a row is a matrix of the shape of the weight matrix.',
      caption: say`A column times a row, an outer product: the gradient has an entry for each weight, and so the shape of the weight matrix.`,
    }),
  },
  product: () => ({
    title: 'The rule of rows and columns',
    description:
      'Three blocks: a matrix of p rows and q columns times one of q rows and r columns is one of p rows and r columns.',
    caption: say`A ${shape('p', 'q')} matrix times a ${shape('q', 'r')} matrix is a ${shape('p', 'r')} matrix. The thick sides must agree: as many columns in the first as rows in the second.`,
  }),
  lossTree: () => ({
    title: 'The loss as a tree',
    description:
      'The formula of the loss as a tree: operations in rings, quantities in boxes, what is computed last at the root.',
    caption: say`From the leaves to the root: the operations in the order in which they are carried out. From the root to the leaves: the order in which the chain rule takes them.`,
  }),
  activation,
  counts,
};
