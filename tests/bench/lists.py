"""Makes lists of any size for the benchmark: realistic titles, hosts and duplicates, the same on every run."""
import random

WORDS = ("adaptive attention based bayesian benchmark causal classification compression contrastive convolutional cross-modal data "
         "deep detection diffusion distillation domain efficient embedding ensemble estimation evaluation federated few-shot fine-grained "
         "framework gradient graph hierarchical image inference invariant kernel knowledge language large latent learning lightweight "
         "medical memory metric multi-task multimodal network neural online optimization pixel privacy prompt pruning quantization "
         "reasoning recognition reconstruction recurrent reinforcement representation retrieval robust segmentation self-supervised "
         "semantic semi-supervised sequence sparse spatial speech structured student supervised teacher temporal text tracking training "
         "transfer transformer uncertainty understanding universal unsupervised video vision visual volumetric weakly").split()
SMALL = "for of with in via from and under".split()
SYLLABLES = "an be chi da el fa go ha in jo ka li ma no or pe qu ro sa ti ul vi wen xu ya zhou".split()
VENUES = ("CVPR", "ICCV", "ECCV", "NeurIPS", "ICML", "ICLR", "MICCAI", "AAAI", "ACL", "EMNLP", "IEEE TMI", "Medical Image Analysis")
ISSNS = ("13618415", "09574174", "09252312", "00313203", "08936080", "03064573", "09507051", "08956111")
# Each gives so many addresses that hardly any paper shares one by chance, however long the list is.
HOSTS = ("https://arxiv.org/abs/{y}{m:02}.{n:05}", "https://ieeexplore.ieee.org/abstract/document/{d:08}",
         "https://www.sciencedirect.com/science/article/pii/S{issn}{y}{n:05}X", "https://link.springer.com/chapter/10.1007/978-3-030-{n:05}-8_{p}",
         "https://openreview.net/forum?id=x{d:08}", "https://doi.org/10.1109/TMI.20{y}.{d:07}", "https://www.nature.com/articles/s{s:05}-0{y}-{n:05}-x",
         "https://proceedings.mlr.press/v{p}/{family}{y}{letter}.html")


class Maker:
    def __init__(self, seed=1):
        self.r = random.Random(seed)
        self.old = []

    def title(self):
        r = self.r
        words = [r.choice(WORDS) if i % 3 != 2 else r.choice(SMALL) for i in range(r.randint(6, 13))]
        words[0] = words[0].capitalize()
        if words[-1] in SMALL:
            words[-1] = r.choice(WORDS)
        title = " ".join(words)
        return f"{r.choice(SYLLABLES).capitalize()}{r.choice(SYLLABLES).upper()}-Net: {title}" if r.random() < .3 else title

    def person(self):
        r = self.r
        return f"{r.choice(SYLLABLES).capitalize()}{r.choice(SYLLABLES)} {r.choice(SYLLABLES).capitalize()}{r.choice(SYLLABLES)}{r.choice(SYLLABLES)}"

    def entry(self):
        r = self.r
        if self.old and r.random() < .03:
            return r.choice(self.old)
        y, m = r.randint(15, 25), r.randint(1, 12)
        authors = [self.person() for _ in range(r.randint(1, 6))]
        url = r.choice(HOSTS).format(y=y, m=m, n=r.randint(0, 99999), d=r.randint(0, 9999999), p=r.randint(1, 300), s=r.choice((41467, 41586, 41598)),
                                     issn=r.choice(ISSNS), family=authors[0].split()[-1].lower(), letter=r.choice("abcdefg"))
        e = dict(title=self.title(), url=url, year=2000 + y, venue=r.choice(VENUES), authors=authors,
                 code=f"https://github.com/user{r.randint(0, 999)}/repo{r.randint(0, 9999)}" if r.random() < .5 else "")
        if len(self.old) < 1000:
            self.old.append(e)
        return e


def code(e):
    return f"[Code]({e['code']})" if e["code"] else "[Code]()"


def table(e):
    return f"|{e['title']}|[PDF]({e['url']})|{code(e)}|"


def bullet(e):
    tail = f" [[code]]({e['code']})" if e["code"] else ""
    return f"- [{e['title']}]({e['url']}), {', '.join(e['authors'])}, {e['venue']} {e['year']}.{tail}"


def citation(e):
    return f"1. {', '.join(e['authors'])}. \"{e['title']}.\" {e['venue']} ({e['year']}). [[pdf]]({e['url']})"


SHAPES = {"table": table, "bullet": bullet, "citation": citation}


def write(path, shape, count, seed=1):
    """A list of `count` entries in sections of 500; `shape` is table, bullet, citation or mixed."""
    maker = Maker(seed)
    with open(path, "w", encoding="utf-8") as out:
        out.write("# A list of papers\n")
        for i in range(count):
            kind = shape if shape != "mixed" else ("table", "bullet", "citation")[i // 500 % 3]
            if i % 500 == 0:
                out.write(f"\n## Section {i // 500 + 1}\n\n")
                if kind == "table":
                    out.write("|Paper|PDF|Code|\n|---|---|---|\n")
            out.write(SHAPES[kind](maker.entry()) + "\n")
