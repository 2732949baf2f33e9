#!/usr/bin/python3
"""Writes the files of VASP in this folder. They were NOT produced by VASP: every number here is made up.

usage:  make.py              (needs python3-numpy)

The layout follows the published description of each file (the VASP wiki: vasprun.xml, OUTCAR, CONTCAR, DOSCAR, EIGENVAL) and
what the readers of ASE 3.22 and pymatgen document. Energies, forces and levels are invented, and only consistent with each
other: occupations are those of the levels at the Fermi level, E(sigma->0) is halfway between F and E, moments are sums of
occupations.
"""
import math, os
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
TITLES = {"Ti": ("PAW_PBE Ti_pv 07Sep2000", 10.0, 47.88), "Cu": ("PAW_PBE Cu 22Jun2005", 11.0, 63.546)}
SIGMA = 0.05

def occupation(level, fermi):
    return 0.5 * math.erfc((level - fermi) / SIGMA)

class Run:
    """One made-up calculation."""
    def __init__(self, name, symbols, fractions, spins, steps, edge=10.0, nsw=0, nelm=60, ibrion=-1, ediffg=-0.02, lm=True,
                 projected=True, version="5.4.4.18Apr17-6-g9f103f2a40", system=None):
        self.__dict__.update(locals())
        self.levels, self.fermi, self.d = levels_of(symbols, spins)
        self.occupations = [[occupation(e, self.fermi) for e in spin] for spin in self.levels]

    def cartesian(self, step):
        return np.array(self.steps[step]["fractions"]) * self.edge

def levels_of(symbols, spins):
    """A semicore level, a d band across the Fermi level and one level above, a pair of spins split by 0.6 eV."""
    base = [-34.2, -6.4137, -4.9021, -4.0318, -3.6005, -3.2462, -2.8119, -1.7004, 0.9127]
    d = [0.011, 0.21, 0.73, 0.88, 0.92, 0.81, 0.64, 0.35, 0.02]
    fermi = -3.1234
    shifts = [0.0] if spins == 1 else [-0.3, 0.3]
    return [[round(e + s, 4) for e in base] for s in shifts], fermi, d

def steps_of(fractions, energies, forces, counts, reached):
    """energies: F of each step; forces: [step][atom][axis]; counts: electronic steps; reached: whether EDIFF was."""
    return [dict(fractions=(np.array(fractions) + 0.0004 * i).round(8), free=f, without=round(f + 0.0123456, 8), forces=np.array(g), count=n, reached=r)
            for i, (f, g, n, r) in enumerate(zip(energies, forces, counts, reached))]

def v(*numbers, digits=8, width=16):
    return "".join(f"{x:{width}.{digits}f}" for x in numbers)

def vasprun(run):
    x = ['<?xml version="1.0" encoding="ISO-8859-1"?>', "<modeling>", " <generator>",
         '  <i name="program" type="string">vasp </i>', f'  <i name="version" type="string">{run.version}  </i>',
         '  <i name="subversion" type="string">(hand-made, not produced by VASP) </i>', " </generator>", " <incar>",
         f'  <i type="string" name="SYSTEM">{run.system or run.name}</i>', '  <i name="ENCUT">    400.00000000</i>',
         f'  <i type="int" name="ISPIN">{run.spins:6d}</i>', " </incar>", " <kpoints>", '  <generation param="Gamma">',
         '   <v type="int" name="divisions">       1        1        1 </v>',
         '   <v name="usershift">      0.00000000       0.00000000       0.00000000 </v>', "  </generation>",
         '  <varray name="kpointlist" >', f"   <v>{v(0, 0, 0)} </v>", "  </varray>",
         '  <varray name="weights" >', f"   <v>{v(1)} </v>", "  </varray>", " </kpoints>", " <parameters>",
         '  <separator name="electronic" >', '   <i type="string" name="PREC">accura</i>', '   <i name="ENMAX">    400.00000000</i>',
         '   <i name="EDIFF">      0.00000100</i>', '   <separator name="electronic smearing" >',
         '    <i type="int" name="ISMEAR">     0</i>', f'    <i name="SIGMA">{SIGMA:16.8f}</i>', "   </separator>",
         '   <separator name="electronic projectors" >', '    <i type="logical" name="LREAL"> F  </i>', "   </separator>",
         '   <separator name="electronic spin" >', f'    <i type="int" name="ISPIN">{run.spins:6d}</i>',
         '    <i type="logical" name="LNONCOLLINEAR"> F  </i>', "   </separator>",
         '   <separator name="electronic convergence" >', f'    <i type="int" name="NELM">{run.nelm:6d}</i>',
         '    <i type="int" name="NELMDL">    -5</i>', "   </separator>", "  </separator>",
         '  <separator name="ionic" >', f'   <i type="int" name="NSW">{run.nsw:6d}</i>', f'   <i type="int" name="IBRION">{run.ibrion:6d}</i>',
         f'   <i name="EDIFFG">{run.ediffg:16.8f}</i>', "  </separator>",
         '  <separator name="electronic exchange-correlation" >', '   <i type="string" name="GGA">--</i>', "  </separator>",
         " </parameters>", " <atominfo>", f"  <atoms>{len(run.symbols):8d} </atoms>", f"  <types>{len(dict.fromkeys(run.symbols)):8d} </types>",
         '  <array name="atoms" >', '   <dimension dim="1">ion</dimension>', '   <field type="string">element</field>',
         '   <field type="int">atomtype</field>', "   <set>"]
    types = list(dict.fromkeys(run.symbols))
    x += [f"    <rc><c>{s:2s}</c><c>{types.index(s) + 1:4d}</c></rc>" for s in run.symbols]
    x += ["   </set>", "  </array>", '  <array name="atomtypes" >', '   <dimension dim="1">type</dimension>',
          '   <field type="int">atomspertype</field>', '   <field type="string">element</field>', "   <field>mass</field>",
          "   <field>valence</field>", '   <field type="string">pseudopotential</field>', "   <set>"]
    x += [f"    <rc><c>{run.symbols.count(s):4d}</c><c>{s:2s}</c><c>{TITLES[s][2]:16.8f}</c><c>{TITLES[s][1]:16.8f}</c><c>  {TITLES[s][0]:40s}</c></rc>" for s in types]
    x += ["   </set>", "  </array>", " </atominfo>"]
    x += structure(run, ' name="initialpos"', run.fractions)
    for i, step in enumerate(run.steps):
        x.append(" <calculation>")
        for k in range(step["count"]):
            free = step["free"] + (0.5 ** (k + 3) if k + 1 < step["count"] else 0)
            if k + 1 == step["count"] and not step["reached"]:
                free = step["free"]
            x += ["  <scstep>", '   <time name="total">    0.35    0.36</time>', "   <energy>"]
            x += [f'    <i name="alphaZ">{12.5:16.8f}</i>'] if i == 0 else []
            x += energies(free, free + step["without"] - step["free"], 4) + ["   </energy>", "  </scstep>"]
        x += ["  " + line for line in structure(run, "", step["fractions"])]
        x += ['  <varray name="forces" >'] + [f"   <v>{v(*f)} </v>" for f in step["forces"]] + ["  </varray>"]
        x += ['  <varray name="stress" >'] + [f"   <v>{v(0, 0, 0)} </v>"] * 3 + ["  </varray>"]
        # As versions 5 have it: the last of the three is not E(sigma->0) here.
        x += ["  <energy>", f'   <i name="e_fr_energy">{step["free"]:16.8f}</i>', f'   <i name="e_wo_entrp">{step["free"]:16.8f}</i>',
              f'   <i name="e_0_energy">{step["without"] - step["free"]:16.8f}</i>', "  </energy>", '  <time name="totalsc">    9.47    9.50</time>']
        if i + 1 == len(run.steps):
            x += ["  <eigenvalues>"] + ["   " + line for line in eigen_array(run)] + ["  </eigenvalues>",
                  "  <dos>", f'   <i name="efermi">{run.fermi:16.8f}</i>', "  </dos>"]
            if run.projected:
                x += projected(run)
        x.append(" </calculation>")
    x += structure(run, ' name="finalpos"', run.steps[-1]["fractions"]) + ["</modeling>"]
    return "\n".join(x) + "\n"

def energies(free, without, indent):
    pad = " " * indent
    return [f'{pad}<i name="e_fr_energy">{free:16.8f}</i>', f'{pad}<i name="e_wo_entrp">{without:16.8f}</i>',
            f'{pad}<i name="e_0_energy">{(free + without) / 2:16.8f}</i>']

def structure(run, name, fractions):
    e = run.edge
    return [f" <structure{name} >", "  <crystal>", '   <varray name="basis" >', f"    <v>{v(e, 0, 0)} </v>", f"    <v>{v(0, e, 0)} </v>",
            f"    <v>{v(0, 0, e)} </v>", "   </varray>", f'   <i name="volume">{e ** 3:16.8f}</i>', "  </crystal>",
            '  <varray name="positions" >'] + [f"   <v>{v(*f)} </v>" for f in fractions] + ["  </varray>", " </structure>"]

def eigen_array(run):
    x = ["<array>", ' <dimension dim="1">band</dimension>', ' <dimension dim="2">kpoint</dimension>', ' <dimension dim="3">spin</dimension>',
         " <field>eigene</field>", " <field>occ</field>", " <set>"]
    for s in range(run.spins):
        x += [f'  <set comment="spin {s + 1}">', '   <set comment="kpoint 1">']
        x += [f"    <r>{e:11.4f}{o:10.4f} </r>" for e, o in zip(run.levels[s], run.occupations[s])] + ["   </set>", "  </set>"]
    return x + [" </set>", "</array>"]

def projected(run):
    fields = ["s", "py", "pz", "px", "dxy", "dyz", "dz2", "dxz", "x2-y2"]
    x = ["  <projected>", "   <eigenvalues>"] + ["    " + line for line in eigen_array(run)] + ["   </eigenvalues>", "   <array>",
         '    <dimension dim="1">ion</dimension>', '    <dimension dim="2">band</dimension>', '    <dimension dim="3">kpoint</dimension>',
         '    <dimension dim="4">spin</dimension>'] + [f"    <field>{f:>5s}</field>" for f in fields] + ["    <set>"]
    n = len(run.symbols)
    for s in range(run.spins):
        x += [f'     <set comment="spin{s + 1}">', '      <set comment="kpoint 1">']
        for band, d in enumerate(run.d):
            x.append(f'       <set comment="band {band + 1}">')
            row = [(1 - d) / n] + [0.0] * 3 + [round(d / n / 5, 4)] * 5
            x += ["        <r>" + "".join(f"{w:8.4f}" for w in row) + " </r>"] * n + ["       </set>"]
        x += ["      </set>", "     </set>"]
    return x + ["    </set>", "   </array>", "  </projected>"]

def outcar(run, frequencies=()):
    types = list(dict.fromkeys(run.symbols))
    o = [f" vasp.{run.version} (hand-made, not produced by VASP) complex", " executed on a table", "", " INCAR:"]
    o += [f" POTCAR:    {TITLES[s][0]:38s}" for s in types] * 2
    for s in types:
        o += [f"  {TITLES[s][0]:38s}", f" {TITLES[s][1]:8.5f}", " parameters from PSCTR are:", f"   VRHFIN ={s}: d", "   LEXCH  = PE",
              "   EATOM  =  1042.5995 eV,   76.6286 Ry", "", f"   TITEL  = {TITLES[s][0]}", "   LULTRA =        F    use ultrasoft PP ?",
              "   ENMAX  =  222.335; ENMIN  =  166.751 eV", ""]
    e = run.edge
    o += lattice(e) + [" Dimension of arrays:",
          f"   k-points           NKPTS =      1   k-points in BZ     NKDIM =      1   number of bands    NBANDS={len(run.d):7d}",
          f"   number of dos      NEDOS =    201   number of ions     NIONS ={len(run.symbols):7d}",
          f"   ions per type =            " + "".join(f"{run.symbols.count(s):4d}" for s in types), "",
          f" SYSTEM =  {run.system or run.name}", "", " Startparameter for this run:", "   PREC   = accura    normal or accurate (medium, high low for compatibility)",
          "   ISTART =      0    job   : 0-new  1-cont  2-samecut", f"   ISPIN  = {run.spins:6d}    spin polarized calculation?",
          "   LNONCOLLINEAR =      F non collinear calculations", "", " Electronic Relaxation 1",
          "   ENCUT  =  400.0 eV  29.40 Ry    5.42 a.u.  16.35 16.35 16.35*2*pi/ulx,y,z", "   ENINI  =  400.0     initial cutoff",
          f"   NELM   = {run.nelm:6d};   NELMIN=  2; NELMDL= -5     # of ELM steps", "   EDIFF  = 0.1E-05   stopping-criterion for ELM",
          "   LREAL  =      F    real-space projection", " Ionic relaxation", f"   EDIFFG = {fortran(run.ediffg)}   stopping-criterion for IOM",
          f"   NSW    = {run.nsw:6d}    number of steps for IOM", f"   IBRION = {run.ibrion:6d}    ionic relax: 0-MD 1-quasi-New 2-CG", "",
          "  DOS related values:", "   EMIN   =  10.00;   EMAX   =-10.00  energy-range for DOS", "   EFERMI =   0.00",
          f"   ISMEAR =     0;   SIGMA  = {SIGMA:6.2f}  broadening in eV -4-tet -1-fermi 0-gaus", "", " Exchange correlation treatment:",
          "   GGA     =    --    GGA type", "   LEXCH   =     8    internal setting", "   LHFCALC =     F    Hartree Fock is set to", "",
          " k-points in reciprocal lattice and weights: Gamma", "   0.00000000  0.00000000  0.00000000       1.000", ""]
    moment = sum(run.occupations[0]) - sum(run.occupations[1]) if run.spins == 2 else None
    electrons = sum(map(sum, run.occupations)) * (2 if run.spins == 1 else 1)
    for i, step in enumerate(run.steps):
        for k in range(step["count"]):
            free = step["free"] + (0.5 ** (k + 3) if k + 1 < step["count"] else 0)
            without = free + step["without"] - step["free"]
            o += ["", f"--------------------------------------- Iteration {i + 1:6d}({k + 1:4d})  ---------------------------------------", "",
                  "  Free energy of the ion-electron system (eV)", "  ---------------------------------------------------",
                  f"  free energy    TOTEN  = {free:18.8f} eV", "", f"  energy without entropy = {without:18.8f}  energy(sigma->0) = {(free + without) / 2:18.8f}", ""]
        if step["reached"]:
            o.append("------------------------ aborting loop because EDIFF is reached ----------------------------------------")
        o += [""] + levels_text(run)
        o.append(f" number of electron {electrons:14.7f} magnetization " + (f"{moment:14.7f}" if moment is not None else ""))
        o += [""] + lattice(e) + ["", " POSITION                                       TOTAL-FORCE (eV/Angst)", " " + "-" * 83]
        o += [v(*r, digits=5, width=13) + " " + v(*f, digits=6, width=14) for r, f in zip(run.cartesian(i), step["forces"])]
        o += [" " + "-" * 83, "    total drift:                                0.000000      0.000000      0.000000", "", "",
              "--------------------------------------------------------------------------------------------------------", "", "",
              "  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)", "  ---------------------------------------------------",
              f"  free  energy   TOTEN  = {step['free']:18.8f} eV", "",
              f"  energy  without entropy= {step['without']:18.8f}  energy(sigma->0) = {(step['free'] + step['without']) / 2:18.8f}", ""]
    if run.nsw > 0 and run.ibrion in (1, 2, 3) and len(run.steps) < run.nsw:
        o += [" reached required accuracy - stopping structural energy minimisation", ""]
    for repeat in range(2 if frequencies else 0):
        if repeat:
            o += ["", " Eigenvectors after division by SQRT(mass)", ""]
        for mode, f in enumerate(frequencies):
            thz = abs(f) / 33.35640952
            o += [f"{mode + 1:4d} {'f  ' if f >= 0 else 'f/i'}={thz:12.6f} THz {thz * 2 * math.pi:11.6f} 2PiTHz {abs(f):11.6f} cm-1 {abs(f) * 0.1239842:11.6f} meV",
                  "             X         Y         Z           dx          dy          dz"]
            o += [v(*r, digits=6, width=12) + v(0, 0, 0.1, digits=6, width=12) for r in run.cartesian(0)] + [""]
    return "\n".join(o + ["", " General timing and accounting informations for this job:", " " + "=" * 56, ""]) + "\n"

def fortran(x):
    return f"{'-' if x < 0 else '0'}.{abs(x) * 10 ** 1 * 10:.0f}E-01" if abs(x) < 0.1 else f"{x}"

def lattice(e):
    return ["      direct lattice vectors                 reciprocal lattice vectors"] + [
        "   " + v(*(e if a == b else 0.0 for b in range(3)), digits=9, width=13) + "  " + v(*(1 / e if a == b else 0.0 for b in range(3)), digits=9, width=13) for a in range(3)]

def levels_text(run):
    o = [f" E-fermi : {run.fermi:8.4f}     XC(G=0):  -0.5000     alpha+bet : -0.3000", ""]
    for s in range(run.spins):
        o += [f" spin component {s + 1}", ""] if run.spins == 2 else []
        o += [" k-point     1 :       0.0000    0.0000    0.0000", "  band No.  band energies     occupation "]
        o += [f"{n + 1:7d} {e:11.4f} {f * (2 if run.spins == 1 else 1):12.5f}" for n, (e, f) in enumerate(zip(run.levels[s], run.occupations[s]))] + [""]
    return o

def contcar(run, fractions):
    types = list(dict.fromkeys(run.symbols))
    e = run.edge
    return "\n".join([run.system or run.name, "   1.00000000000000"] + ["  " + v(*(e if a == b else 0.0 for b in range(3)), digits=16, width=22) for a in range(3)]
                     + ["".join(f"{s:>5s}" for s in types), "".join(f"{run.symbols.count(s):6d}" for s in types), "Direct"]
                     + [v(*f, digits=16, width=20) for f in fractions]) + "\n"

def heading(run):
    n = len(run.symbols)
    return ["  0.1000000E+02  0.1000000E-08  0.1000000E-08  0.1000000E-08  0.5000000E-15", "  1.000000000000000E-004", "  CAR ", f" {run.system or run.name}"]

def eigenval(run):
    x = [f"{len(run.symbols):5d}{len(run.symbols):5d}    1{run.spins:5d}"] + heading(run) + [f"{20:7d}{1:7d}{len(run.d):7d}", " ",
         "  0.0000000E+00  0.0000000E+00  0.0000000E+00  0.1000000E+01"]
    for n in range(len(run.d)):
        x.append(f"{n + 1:5d}" + v(*(run.levels[s][n] for s in range(run.spins)), digits=6, width=14) + v(*(run.occupations[s][n] for s in range(run.spins)), digits=6, width=11))
    return "\n".join(x) + "\n"

def doscar(run, points=201):
    """Gaussians of the width of the smearing at the levels."""
    n = len(run.symbols)
    grid = np.linspace(-8.0, 2.0, points)
    def dos(s, weights):
        return sum(w * np.exp(-((grid - e) / SIGMA) ** 2) / (SIGMA * math.sqrt(math.pi)) for e, w in zip(run.levels[s], weights))
    step = grid[1] - grid[0]
    head = f"{grid[-1]:16.8f}{grid[0]:16.8f}{points:5d}{run.fermi:16.8f}{1:16.8f}"
    x = [f"{n:4d}{n:4d}   1   0"] + heading(run) + [head]
    total = [dos(s, [1.0] * len(run.d)) * (2 if run.spins == 1 else 1) for s in range(run.spins)]
    for i, e in enumerate(grid):
        x.append(f"{e:12.4f}" + "".join(f" {t[i]:11.4E}" for t in total) + "".join(f" {t[:i + 1].sum() * step:11.4E}" for t in total))
    d = [dos(s, np.array(run.d) / n) * (2 if run.spins == 1 else 1) for s in range(run.spins)]
    rest = [dos(s, (1 - np.array(run.d)) / n) * (2 if run.spins == 1 else 1) for s in range(run.spins)]
    for ion in range(n):
        x.append(head)
        for i, e in enumerate(grid):
            columns = [[r[i] for r in rest]] + ([[0.0] * run.spins] * 3 + [[t[i] / 5 for t in d]] * 5 if run.lm else [[0.0] * run.spins, [t[i] for t in d]])
            x.append(f"{e:12.4f}" + "".join(f" {c:10.3E}" for column in columns for c in column))
    return "\n".join(x) + "\n"

def write(folder, files):
    os.makedirs(f"{HERE}/{folder}", exist_ok=True)
    for name, text in files.items():
        open(f"{HERE}/{folder}/{name}", "w").write(text)

def main():
    trimer = [[0.4, 0.5, 0.5], [0.63, 0.5, 0.5], [0.515, 0.69, 0.5]]
    forces = [[[0.31, -0.12, 0.0], [-0.31, -0.12, 0.0], [0.0, 0.24, 0.0]],
              [[0.05, -0.02, 0.0], [-0.05, -0.02, 0.0], [0.0, 0.04, 0.0]],
              [[0.009, -0.004, 0.0], [-0.009, -0.004, 0.0], [0.0, 0.008, 0.001]]]

    # Spin-polarised, relaxed in three steps: every file, projections lm-resolved.
    relaxed = Run("Ti2Cu", ["Ti", "Ti", "Cu"], trimer, 2, steps_of(trimer, [-14.10203344, -14.41827361, -14.42010203], forces, [12, 8, 6], [True] * 3),
                  nsw=50, ibrion=2)
    write("relaxed", {"vasprun.xml": vasprun(relaxed), "OUTCAR": outcar(relaxed), "POSCAR": contcar(relaxed, trimer),
                      "CONTCAR": contcar(relaxed, relaxed.steps[-1]["fractions"]), "EIGENVAL": eigenval(relaxed), "DOSCAR": doscar(relaxed)})

    # A spin-polarised free atom, one point: no projections in vasprun.xml, DOSCAR l-resolved.
    atom = Run("Ti_atom", ["Ti"], [[0.5, 0.5, 0.5]], 2, steps_of([[0.5, 0.5, 0.5]], [-2.25817003], [[[0.0, 0.0, 0.0]]], [14], [True]),
               edge=12.0, lm=False, projected=False)
    write("Ti_atom", {"vasprun.xml": vasprun(atom), "OUTCAR": outcar(atom), "CONTCAR": contcar(atom, [[0.5, 0.5, 0.5]]),
                      "EIGENVAL": eigenval(atom), "DOSCAR": doscar(atom)})

    # Spin-restricted, stopped at NSW = 2 with the second electronic loop at NELM = 5.
    stopped = Run("Ti2Cu", ["Ti", "Ti", "Cu"], trimer, 1, steps_of(trimer, [-13.00203344, -13.11827361], forces[:2], [4, 5], [True, False]),
                  nsw=2, nelm=5, ibrion=2)
    write("stopped", {"vasprun.xml": vasprun(stopped), "OUTCAR": outcar(stopped), "CONTCAR": contcar(stopped, np.array(stopped.steps[-1]["fractions"]) + 0.001),
                      "EIGENVAL": eigenval(stopped)})

    # Frequencies by finite differences: nine modes, the six rigid ones among them, one imaginary.
    modes = [352.114, 311.502, -187.331, 22.415, 8.003, 3.117, 0.412, -0.883, -12.940]
    vibrations = Run("Ti2Cu", ["Ti", "Ti", "Cu"], trimer, 1, steps_of(trimer, [-14.42010203], forces[2:], [9], [True]), nsw=1, ibrion=5)
    write("frequencies", {"OUTCAR": outcar(vibrations, modes)})

if __name__ == "__main__":
    main()
