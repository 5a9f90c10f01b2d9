/**
 * The training loop in PyTorch's words.
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 */
import { pythonNumber as number } from "./python.js";

/** @param {Recipe} recipe @param {boolean} isVaried whether there is a `varied` */
export function loopPart(recipe, isVaried) {
  const { shuffle, clipNorm, l1 = 0, earlyStopping } = recipe;
  const order = shuffle ? "training[torch.randperm(len(training), generator=generator)]" : "training";
  const images = isVaried ? "varied(images[share])" : "images[share]";
  return `def train(model, images, labels, epochs=EPOCHS, rank=0, n_processes=1):
    """Trains as the recipe says. Of several processes, each takes its share of every batch."""
    generator = torch.Generator().manual_seed(SEED)
    torch.manual_seed(SEED + rank)
    n_validation = min(VALIDATION_IMAGES, len(images) // 12)
    shuffled = torch.randperm(len(images), generator=generator)
    validation, training = shuffled[:n_validation], shuffled[n_validation:].sort().values
    parallel = nn.parallel.DistributedDataParallel(model) if n_processes > 1 else model
    optimizer = make_optimizer(model)
    per_epoch = math.ceil(len(training) / BATCH_SIZE)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: share_of_rate(i, per_epoch, epochs))
${earlyStopping ? "    best = (math.inf, 0, None)\n" : ""}    for epoch in range(1, epochs + 1):
        begun = time.perf_counter()
        parallel.train()
        sums = torch.zeros(3, dtype=torch.float64)
        for batch in ${order}.split(BATCH_SIZE):
            share = batch[rank::n_processes]
            if len(batch) < n_processes:
                continue
            x, y = ${images}, labels[share]
            outputs = scores(parallel, x)
            loss = loss_of(outputs, y)
            optimizer.zero_grad()
            # The mean over the batch, of which DistributedDataParallel takes the mean over the processes.
            (loss * (len(share) * n_processes / len(batch))).backward()
${regularization(clipNorm ?? null, l1)}            optimizer.step()
            scheduler.step()
            n_right = (outputs.argmax(1) == y).sum()
            sums += torch.tensor([loss.item() * len(share), n_right, len(share)], dtype=torch.float64)
        if n_processes > 1:
            torch.distributed.all_reduce(sums)
        line = f"epoch {epoch}/{epochs}  training loss {sums[0] / sums[2]:.6f}, accuracy {sums[1] / sums[2]:.2%}"
        if n_validation > 0:
            loss, n_right = evaluate(model, images[validation], labels[validation])
            line += f"  validation loss {loss:.6f}, accuracy {n_right / n_validation:.2%}"
        if rank == 0:
            print(f"{line}  {time.perf_counter() - begun:.1f} s", flush=True)
${earlyStopping ? stopping(earlyStopping.patience) : ""}
`.trimEnd();
}

/** @param {number | null} clipNorm @param {number} l1 */
function regularization(clipNorm, l1) {
  const clip =
    clipNorm === null
      ? ""
      : `            nn.utils.clip_grad_norm_(model.parameters(), ${number(clipNorm)})
`;
  const sparse = `            for parameter in model.parameters():
                if parameter.dim() > 1:
                    parameter.grad += ${number(l1)} * parameter.detach().sign()
`;
  return clip + (l1 > 0 ? sparse : "");
}

/** @param {number} patience */
function stopping(patience) {
  return `        if n_validation > 0 and loss < best[0]:
            best = (loss, epoch, {name: tensor.clone() for name, tensor in model.state_dict().items()})
        if n_validation > 0 and epoch - best[1] >= ${patience}:
            break
    if best[2] is not None:
        model.load_state_dict(best[2])
`;
}

export const EVALUATION_PART = `def evaluate(model, images, labels):
    """The mean loss, and how many answers are right."""
    model.eval()
    loss, n_right = 0.0, 0
    with torch.no_grad():
        for x, y in zip(images.split(1000), labels.split(1000)):
            outputs = scores(model, x)
            loss += loss_of(outputs, y).item() * len(y)
            n_right += (outputs.argmax(1) == y).sum().item()
    return loss / len(labels), n_right
`;
