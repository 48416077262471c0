// The kernels of a search in pagmo: the same points, read from files of doubles, one thread. Prints "name least-ms median-ms value".
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/problems/zdt.hpp>
#include <pagmo/utils/hypervolume.hpp>
#include <pagmo/utils/multi_objective.hpp>
#include <string>
#include <vector>

using points = std::vector<pagmo::vector_double>;

static points read(const std::string &folder, const std::string &name, std::size_t columns) {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    points rows;
    pagmo::vector_double row(columns);
    while (file.read(reinterpret_cast<char *>(row.data()), static_cast<std::streamsize>(columns * sizeof(double)))) rows.push_back(row);
    return rows;
}

template <typename F> static void measure(const std::string &name, int rounds, F work) {
    std::vector<double> times;
    std::vector<double> values;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        values.push_back(work(round));
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    std::sort(values.begin(), values.end());
    std::printf("%s %.6f %.6f %.6f\n", name.c_str(), times.front(), times[times.size() / 2], values[values.size() / 2]);
    std::fflush(stdout);
}

static double zdt1(unsigned size, unsigned generations, unsigned seed) {
    pagmo::population population(pagmo::problem(pagmo::zdt(1, 30)), size, seed);
    population = pagmo::algorithm(pagmo::nsga2(generations - 1, 0.95, 10., 0.01, 50., seed)).evolve(population);
    return pagmo::hypervolume(population.get_f()).compute({1.1, 1.1});
}

int main(int, char **arguments) {
    const std::string folder = arguments[1];
    measure("nsga2-100", 5, [](int round) { return zdt1(100, 250, static_cast<unsigned>(round)); });
    measure("nsga2-1000", 3, [](int round) { return zdt1(1000, 50, static_cast<unsigned>(round)); });
    for (std::size_t columns = 2; columns <= 3; ++columns) {
        const points rows = read(folder, "uniform-" + std::to_string(columns), columns);
        measure("sort-" + std::to_string(columns), 3, [&](int) { return static_cast<double>(std::get<0>(pagmo::fast_non_dominated_sorting(rows)).size()); });
    }
    for (std::size_t columns = 2; columns <= 5; ++columns) {
        const points rows = read(folder, "octant-" + std::to_string(columns), columns);
        const pagmo::vector_double reference(columns, 1.1);
        measure("volume-" + std::to_string(columns), columns < 4 ? 200 : 20, [&](int) { return pagmo::hypervolume(rows).compute(reference); });
    }
}
