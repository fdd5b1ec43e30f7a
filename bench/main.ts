import { analyseFigures } from "./analyse";
import { printFigures } from "./figure";
import { flashFigures } from "./flash";
import { keystrokeFigures } from "./keystroke";
import { layoutFigures } from "./layout";
import { calibrate } from "./measure";
import { processFigures } from "./processes";
import { serveFigures } from "./serve";
import { simulationFigures } from "./simulate";
import { sizeFigures } from "./sizes";

const unit = calibrate();
console.log(
  `Node ${process.version}; the calibration takes ${unit.toFixed(3)} ms here, times are its multiples.`,
);

const sizes = sizeFigures();
printFigures("Sizes (ratio: to the budget)", sizes);
printFigures("analyse, all rules", analyseFigures(unit));
printFigures("Keystroke to diagnostics, over stdio", await keystrokeFigures(unit));
printFigures("The layout editor (ratio: to the budget)", await layoutFigures());
printFigures("Flashing 1.67 MB over a virtual wire (ratio: to esptool-js)", await flashFigures());
printFigures("Serving 1.46 MB to each (ratio: to nginx)", await serveFigures());
printFigures("The simulator (ratio: to the budget; of sizes: to 4 MB)", simulationFigures());
printFigures("A whole process (ratio: to node -e 0)", processFigures());

// Times depend on what else the machine does; sizes are the same everywhere.
if (sizes.some(({ isOver }) => isOver)) process.exitCode = 1;
