import Convolution
import Foundation
import Screens
import TerminalHarness
import Testing

/// `bench`: what it prints and its JSON; no figure is held against a time.
@Suite struct BenchTests {
  private func results(_ words: [String]) throws -> [[String: Any]] {
    let folder = try ScratchFolder()
    let run = try ProgramRun(["bench", "--json", "-", "--repeats", "3"] + words, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let value = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let machine = try #require(value["machine"] as? [String: Any])
    #expect((machine["peak_gflops"] as? Double ?? 0) > 0)
    return try #require(value["results"] as? [[String: Any]])
  }

  @Test func jsonHoldsWhatIsPromised() throws {
    let results = try results(["--shape", "1,12,12,32,3,32,p1", "--threads", "2", "--dtype", "float64"])
    #expect(results.compactMap { $0["algorithm"] as? String } == ConvolutionAlgorithm.allCases.map(\.rawValue))
    for result in results {
      #expect(result["shape"] as? String == "1,12,12,32,3,32,p1")
      #expect(result["threads"] as? Int == 2 && result["dtype"] as? String == "float64")
      let times = try #require(result["times_s"] as? [Double])
      #expect(times.count == 3 && times.allSatisfy { $0 > 0 })
      #expect(result["min_s"] as? Double == times.min() && result["median_s"] as? Double == times.sorted()[1])
      let rate = try #require(result["gflops"] as? Double)
      #expect(abs(rate - 1e-9 * 2 * 144 * 288 * 32 / times.sorted()[1]) < 1e-9 * rate + 1e-12)
      #expect(result["scratch_bytes"] is Int)
      if result["algorithm"] as? String != "naive" {
        #expect((result["max_abs_error"] as? Double ?? 1) < 1e-12)
      }
    }
    #expect(results.last?["chosen"] as? String == "winograd")
  }

  @Test func whatIsNamedIsMeasuredAndNothingElse() throws {
    let results = try results([
      "--shape", "1,8,8,3,3,4", "--algorithm", "auto", "--no-check", "--exact", "--include-preparation",
      "--gemm", "5,6,7", "--copy", "1,8,8,3,3,4",
    ])
    #expect(results.compactMap { $0["algorithm"] as? String } == ["auto", "product", "patches", "memcpy"])
    #expect(results[0]["chosen"] as? String == "direct" && results[0]["max_abs_error"] == nil)
    #expect((results[3]["gigabytes_per_s"] as? Double ?? 0) > 0)
  }

  @Test func tableAndFile() throws {
    let folder = try ScratchFolder()
    let run = try ProgramRun(["bench", "--shape", "1,8,8,3,3,4", "--repeats", "2", "--json", "b.json"], in: folder)
    #expect(run.status == 0 && run.output.contains("lazy-im2col") && run.output.contains("█"))
    #expect(try folder.names() == ["b.json"])
    #expect(run.errors.isEmpty)
  }

  /// On a narrow terminal every row keeps to its line: the less important columns are left out.
  @Test(arguments: [80, 100, 140])
  func theTableFitsTheTerminal(columns: Int) throws {
    let terminal = try PseudoTerminal(
      [ProgramRun.program, "bench", "--shape", "1,8,8,3,3,4", "--repeats", "2"],
      size: Size(columns: columns, rows: 40))
    #expect(try terminal.waitForExit() == .exited(0))
    let lines = terminal.screen.lines
    let heading = try #require(lines.first { $0.contains("algorithm") })
    for word in ["median ms", "GFLOP/s", "vs naive"] { #expect(heading.contains(word)) }
    if columns != 100 { #expect(heading.contains("scratch") == (columns > 100)) }
    for name in ConvolutionAlgorithm.allCases.map(\.rawValue) where name != "auto" {
      let line = try #require(lines.first { $0.hasPrefix("\(name) ") }, "\(name)")
      #expect(line.contains("█") || line.contains("covers"), "\(line)")
    }
    #expect(lines.contains { $0.hasPrefix("    copy ") } == (columns < 140))
  }

  @Test func anEarlierRunStandsBesideTheNewOne() throws {
    let folder = try ScratchFolder()
    let words = ["bench", "--shape", "1,8,8,3,3,4", "--repeats", "3", "--algorithm", "direct", "--algorithm", "naive"]
    #expect(try ProgramRun(words + ["--json", "b.json", "--samples", "s.csv"], in: folder).status == 0)
    #expect(try folder.names().sorted() == ["b.json", "s.csv"])
    let run = try ProgramRun(words + ["--baseline", "b.json", "--json", "-"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let value = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let results = try #require(value["results"] as? [[String: Any]])
    for result in results {
      let baseline = try #require(result["baseline"] as? [String: Any])
      #expect((baseline["median_s"] as? Double ?? 0) > 0)
    }
    let table = try ProgramRun(words + ["--baseline", "b.json"], in: folder)
    #expect(table.output.contains("earlier"))
    let missing = try ProgramRun(words + ["--baseline", "none.json"], in: folder)
    #expect(missing.status == 66 && missing.errors.contains("none.json"))
    let broken = try ProgramRun(words + ["--baseline", "s.csv"], in: folder)
    #expect(broken.status == 65 && broken.errors.contains("s.csv"))
  }

  @Test func aSweepMeasuresAShapeAlongOneParameter() throws {
    let results = try results(["--shape", "1,8,8,3,3,4", "--algorithm", "direct", "--sweep", "cin=1,2,5"])
    #expect(results.compactMap { $0["shape"] as? String } == ["1,8,8,1,3,4", "1,8,8,2,3,4", "1,8,8,5,3,4"])
    for (words, status) in [(["--sweep", "depth"], 64), (["--sweep", "k=3,x"], 64), (["--sweep", "k=0"], 64)] {
      let run = try ProgramRun(["bench"] + words, in: ScratchFolder())
      #expect(run.status == status && run.errors.contains("--sweep"))
    }
  }

  @Test func anInterruptPrintsWhatWasMeasured() throws {
    let terminal = try PseudoTerminal(
      [ProgramRun.program, "bench", "--repeats", "100000", "--algorithm", "direct"])
    // Past the warm-up, so that there is something to tell.
    try terminal.wait(for: "a repeat") {
      let screen = terminal.screen
      return screen.contains("/100000") && !screen.contains(" 0/100000")
    }
    terminal.signal(SIGINT)
    #expect(try terminal.waitForExit() == .exited(130))
    #expect(terminal.screen.contains("GFLOP/s") && terminal.screen.contains("direct"))
  }
}
