namespace NasEngine.Torch;

public static partial class torch
{
    /// <summary>Optimisers.</summary>
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients. One step is one native call for each group. Not thread-safe.</summary>
        public abstract class Optimizer : IDisposable
        {
            private readonly ParamGroup[] _groups;
            private readonly Dictionary<string, Tensor> _state = [];

            private protected Optimizer(IEnumerable<ParamGroup> groups, double lr, double weight_decay)
            {
                _groups = [.. groups];
                if (_groups.Length == 0 || _groups.All(group => group.Parameters.Count == 0))
                {
                    throw new ArgumentException("An optimiser needs at least one parameter.", nameof(groups));
                }

                foreach (ParamGroup group in _groups)
                {
                    group.LearningRate = group.ChosenLearningRate ?? lr;
                    group.WeightDecay = group.ChosenWeightDecay ?? weight_decay;
                }
            }

            /// <summary>Gets the groups, whose learning rate and weight decay may be changed between steps.</summary>
            public IReadOnlyList<ParamGroup> ParamGroups => _groups;

            /// <summary>Changes every parameter that has a gradient; the others, and their state, stay as they are.</summary>
            public void step()
            {
                int first = 0;
                foreach (ParamGroup group in _groups)
                {
                    Step(group, Handles(group.Parameters), first);
                    first += group.Parameters.Count;
                }

                GC.KeepAlive(_groups);
            }

            /// <summary>Forgets the gradients of all parameters.</summary>
            /// <param name="set_to_none">Whether to free them rather than set them to zero; then parameters that get none are not stepped.</param>
            public unsafe void zero_grad(bool set_to_none = true)
            {
                foreach (ParamGroup group in _groups)
                {
                    nint[] handles = Handles(group.Parameters);
                    fixed (nint* start = handles)
                    {
                        TorchException.ThrowIfFailed(NativeMethods.zero_grad(start, handles.Length, set_to_none));
                    }
                }

                GC.KeepAlive(_groups);
            }

            /// <summary>Gives the optimiser's state for a checkpoint: <c>INDEX.NAME</c> with the parameter's position over all groups.</summary>
            /// <returns>The state itself, not a copy, with the counts of steps as they are now; valid while the optimiser lives.</returns>
            public IReadOnlyDictionary<string, Tensor> state_dict()
            {
                BeforeSave();
                return _state;
            }

            /// <summary>Copies a saved state in, bit for bit: training goes on as if it had not stopped.</summary>
            /// <exception cref="ArgumentException">A name is missing or unknown, or a shape or type differs.</exception>
            public void load_state_dict(IReadOnlyDictionary<string, Tensor> state)
            {
                ArgumentNullException.ThrowIfNull(state);
                foreach (string name in state.Keys.Where(name => !_state.ContainsKey(name)).Take(1))
                {
                    throw new ArgumentException($"The optimiser has no state '{name}'.", nameof(state));
                }

                foreach ((string name, Tensor own) in _state)
                {
                    if (!state.TryGetValue(name, out Tensor? saved))
                    {
                        throw new ArgumentException($"The saved optimiser state lacks '{name}'.", nameof(state));
                    }

                    if (saved.dtype != own.dtype || !saved.shape.AsSpan().SequenceEqual(own.shape))
                    {
                        throw new ArgumentException($"The saved optimiser state '{name}' is {saved}, but {own} is needed.", nameof(state));
                    }
                }

                using (no_grad())
                {
                    foreach ((string name, Tensor own) in _state)
                    {
                        own.copy_(state[name]);
                    }
                }

                AfterLoad();
            }

            /// <summary>Frees the state, not the parameters.</summary>
            public void Dispose()
            {
                foreach (Tensor tensor in _state.Values)
                {
                    tensor.Dispose();
                }

                _state.Clear();
                GC.SuppressFinalize(this);
            }

            private protected abstract void Step(ParamGroup group, nint[] parameters, int first);

            private protected abstract void BeforeSave();

            private protected abstract void AfterLoad();

            /// <summary>Makes a state of zeros for every parameter, owned by no scope.</summary>
            private protected Tensor[] ZerosLikeParameters(string name)
            {
                using IDisposable noGradients = no_grad();
                return AddState(name, _groups.SelectMany(group => group.Parameters).Select(zeros_like));
            }

            /// <summary>Makes a whole number for every parameter.</summary>
            private protected Tensor[] CountsOfParameters(string name) =>
                AddState(name, _groups.SelectMany(group => group.Parameters).Select(_ => zeros([], ScalarType.Int64)));

            private Tensor[] AddState(string name, IEnumerable<Tensor> tensors)
            {
                Tensor[] made = [.. tensors.Select(tensor => tensor.DetachFromDisposeScope())];
                for (int i = 0; i < made.Length; i++)
                {
                    _state.Add($"{i}.{name}", made[i]);
                }

                return made;
            }
        }
    }
}
