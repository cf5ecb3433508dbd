export { changeText } from './aims.ts';
export { drawPlot } from './draw.ts';
export { benchmarkPage } from './page.ts';
export { benchmarkPlots } from './plots.ts';
export { worstFamilies } from './worst.ts';
export { percent, percentWithInterval, score, scoreWithInterval, seconds } from './figures.ts';
export { healthyRows } from './healthy.ts';
