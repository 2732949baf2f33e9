"""The paper's FT-Transformer in plain PyTorch, timed on request.

Reads lines "train BATCH STEPS" or "infer BATCH RUNS" and answers each with the processor milliseconds of one step or run.
One thread. Same sizes, loss, dropout and optimiser as the C# trainer; attention as torch 1.13 users write it.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

TOKENS, D, HEADS, HIDDEN, BLOCKS, RATE = 66, 16, 8, 128, 6, 0.1


class Block(nn.Module):
    def __init__(self, first):
        super().__init__()
        self.norm1 = None if first else nn.LayerNorm(D)
        self.norm2 = nn.LayerNorm(D)
        self.qkv, self.out = nn.Linear(D, 3 * D), nn.Linear(D, D)
        self.up, self.down = nn.Linear(D, HIDDEN), nn.Linear(HIDDEN, D)

    def forward(self, x):
        b = x.shape[0]
        q, k, v = self.qkv(x if self.norm1 is None else self.norm1(x)).view(b, TOKENS, 3, HEADS, D // HEADS).permute(2, 0, 3, 1, 4)
        weights = torch.softmax((q * (D // HEADS) ** -0.5) @ k.transpose(-2, -1), -1)
        mixed = self.out((weights @ v).transpose(1, 2).reshape(b, TOKENS, D))
        x = x + F.dropout(mixed, RATE, self.training)
        hidden = F.dropout(F.silu(self.up(self.norm2(x))), RATE, self.training)
        return x + F.dropout(self.down(hidden), RATE, self.training)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(62, D)
        self.weight = nn.Parameter(torch.randn(64, D) * 0.25)
        self.bias = nn.Parameter(torch.randn(64, D) * 0.25)
        self.blocks = nn.ModuleList(Block(i == 0) for i in range(BLOCKS))
        self.norm = nn.LayerNorm(D)
        flat = TOKENS * D
        self.head = nn.Sequential(
            nn.Linear(flat, 2 * flat), nn.GELU(), nn.Dropout(RATE), nn.Linear(2 * flat, flat), nn.GELU(), nn.Dropout(RATE), nn.Linear(flat, 2))

    def embed(self, codes, numbers):
        x = torch.cat([self.table(codes), self.bias + numbers.unsqueeze(-1) * self.weight], 1)
        for block in self.blocks:
            x = block(x)
        return self.norm(x).flatten(1)

    def forward(self, codes, numbers):
        return self.head(self.embed(codes, numbers))


def main():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    network = Network()
    adam = torch.optim.Adam(network.parameters(), lr=1e-3, weight_decay=1e-5)
    print(torch.__version__, sum(p.numel() for p in network.parameters()), flush=True)
    for line in sys.stdin:
        what, batch, runs = line.split()[0], *map(int, line.split()[1:])
        codes = torch.randint(0, 31, (batch, 2)) + torch.tensor([0, 31])
        numbers, targets = torch.rand(batch, 64), torch.rand(batch, 2)
        network.train(what == "train")
        started = time.process_time()
        for _ in range(runs):
            if what == "train":
                adam.zero_grad()
                F.huber_loss(network(codes, numbers), targets).backward()
                adam.step()
            else:
                with torch.no_grad():
                    network.embed(codes, numbers)
        print(1000 * (time.process_time() - started) / runs, flush=True)


main()
